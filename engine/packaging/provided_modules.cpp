#include "engine/packaging/provided_modules.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

struct Provided
{
    const char *module;
    const char *package;
};

// Dependencies of StackStorm itself that pack code is seen to import.
constexpr std::array<Provided, 26> provided{{{"apscheduler", "apscheduler"},
                                             {"bcrypt", "bcrypt"},
                                             {"certifi", "certifi"},
                                             {"chardet", "chardet"},
                                             {"cryptography", "cryptography"},
                                             {"dateutil", "python-dateutil"},
                                             {"eventlet", "eventlet"},
                                             {"git", "GitPython"},
                                             {"greenlet", "greenlet"},
                                             {"jinja2", "Jinja2"},
                                             {"jsonpath_rw", "jsonpath-rw"},
                                             {"jsonschema", "jsonschema"},
                                             {"mock", "mock"},
                                             {"networkx", "networkx"},
                                             {"orjson", "orjson"},
                                             {"paramiko", "paramiko"},
                                             {"passlib", "passlib"},
                                             {"prettytable", "prettytable"},
                                             {"psutil", "psutil"},
                                             {"pytz", "pytz"},
                                             {"requests", "requests"},
                                             {"retrying", "retrying"},
                                             {"simplejson", "simplejson"},
                                             {"six", "six"},
                                             {"urllib3", "urllib3"},
                                             {"yaml", "PyYAML"}}};

// As pip compares names: `Python_Dateutil` is `python-dateutil`.
QString plainName(const QString &requirement)
{
    static const QRegularExpression name(uR"(^[A-Za-z0-9._\-]+)"_s);
    return name.match(requirement).captured().toLower().replace(u'_', u'-').replace(u'.', u'-');
}

} // namespace

QSet<QString> importsIn(const QByteArray &source)
{
    static const QRegularExpression statement(
        uR"(^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)[\w.]*[ \t]+import\b|import[ \t]+([A-Za-z_][^#\n]*)))"_s,
        QRegularExpression::MultilineOption);
    QSet<QString> modules;
    auto found = statement.globalMatch(QString::fromUtf8(source));
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        if (!match.captured(1).isEmpty())
            modules << match.captured(1);
        for (const QString &name : match.captured(2).split(u',', Qt::SkipEmptyParts))
            modules << name.trimmed().section(u' ', 0, 0).section(u'.', 0, 0);
    }
    return modules;
}

QStringList providedRequirements(const QSet<QString> &imports, const QStringList &requirements)
{
    QSet<QString> named;
    for (const QString &requirement : requirements)
        named << plainName(requirement);
    QStringList missing;
    for (const Provided &each : provided) {
        const QString package = QLatin1String(each.package);
        if (imports.contains(QLatin1String(each.module)) && !named.contains(plainName(package)))
            missing << package;
    }
    return missing;
}

} // namespace stormglass
