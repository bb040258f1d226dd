#include "engine/packs/pack_versions.h"

#include "engine/base/python_text.h"

#include <QRegularExpression>
#include <QStringList>

#include <optional>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

tl::unexpected<Error> refused(const QString &message)
{
    return failure(Error{ErrorCode::Invalid, message, u"ValueError"_s, {}});
}

// Decimal digits without leading zeros: the longer one is greater.
int compareDigits(const QString &a, const QString &b)
{
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

struct SemanticVersion
{
    QStringList numbers;
    QStringList prerelease;
};

bool isNumber(const QString &identifier)
{
    return std::all_of(identifier.begin(), identifier.end(),
                       [](QChar c) { return c >= u'0' && c <= u'9'; });
}

int compareIdentifiers(const QString &a, const QString &b)
{
    if (isNumber(a) != isNumber(b))
        return isNumber(a) ? -1 : 1;
    return isNumber(a) ? compareDigits(a, b) : a.compare(b);
}

// A version that is only announced comes before the one it announces.
int comparePrereleases(const QStringList &a, const QStringList &b)
{
    if (a.isEmpty() || b.isEmpty())
        return static_cast<int>(a.isEmpty()) - static_cast<int>(b.isEmpty());
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (const int order = compareIdentifiers(a[i], b[i]); order != 0)
            return order;
    }
    return static_cast<int>(a.size() - b.size());
}

Result<SemanticVersion> parsed(const QString &text)
{
    static const QRegularExpression form(u"^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
                                         "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:"
                                         "0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                                         "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return refused(u"%1 is not valid SemVer string"_s.arg(text));
    return SemanticVersion{{match.captured(1), match.captured(2), match.captured(3)},
                           match.captured(4).split(u'.', Qt::SkipEmptyParts)};
}

int compare(const SemanticVersion &a, const SemanticVersion &b)
{
    for (qsizetype i = 0; i < 3; ++i) {
        if (const int order = compareDigits(a.numbers[i], b.numbers[i]); order != 0)
            return order;
    }
    return comparePrereleases(a.prerelease, b.prerelease);
}

struct Comparison
{
    QString sign;
    QString version;
};

std::optional<Comparison> comparisonIn(const QString &text)
{
    for (const auto &sign : {u">="_s, u"<="_s, u"=="_s, u"!="_s, u">"_s, u"<"_s}) {
        if (text.startsWith(sign))
            return Comparison{sign, text.mid(sign.size())};
    }
    if (!text.isEmpty() && text[0] >= u'0' && text[0] <= u'9')
        return Comparison{u"=="_s, text};
    return std::nullopt;
}

Result<bool> satisfiesOne(const QString &version, const QString &constraint)
{
    SG_LET(const SemanticVersion own, parsed(version));
    const std::optional<Comparison> comparison = comparisonIn(constraint);
    if (!comparison)
        return refused(
            u"match_expr parameter should be in format <op><ver>, where <op> is one of ['<', '>', '==', '<=', '>=', '!=']. You provided: '%1'"_s
                .arg(constraint));
    SG_LET(const SemanticVersion other, parsed(comparison->version));
    const int order = compare(own, other);
    if (comparison->sign == u">=")
        return order >= 0;
    if (comparison->sign == u"<=")
        return order <= 0;
    if (comparison->sign == u">")
        return order > 0;
    if (comparison->sign == u"<")
        return order < 0;
    return (order == 0) == (comparison->sign == u"==");
}

bool isOnlyPython2(const Value &metadata)
{
    const ValueList &versions = metadata["python_versions"].itemsOrNone();
    return !versions.empty()
        && std::all_of(versions.begin(), versions.end(),
                       [](const Value &version) { return version == Value("2"); });
}

QString shownName(const Value &metadata)
{
    return metadata["name"].toQStringOr({});
}

} // namespace

bool isPackVersion(const QString &text)
{
    static const QRegularExpression form(
        u"^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?(?:\\+[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?$"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return form.match(text).hasMatch();
}

bool isVersionConstraint(const QString &text)
{
    static const QRegularExpression form(
        u"^((>?>|>=|=|<=|<?<)\\s*[0-9]+\\.[0-9]+\\.[0-9]+?(\\s*,)?\\s*)+$"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return form.match(text).hasMatch();
}

bool isPackRef(const QString &text)
{
    static const QRegularExpression form(u"^[a-z0-9_]+$"_s);
    return form.match(text).hasMatch();
}

QString normalisedPackVersion(const Value &version)
{
    const QString text = QString::fromStdString(pythonStr(version));
    return text.count(u'.') == 1 ? text + u".0"_s : text;
}

Result<QString> packRefOf(const Value &metadata, const QString &directory)
{
    QString ref;
    const QString name = metadata["name"].toQStringOr({});
    if (const Value &given = metadata["ref"]; !given.isNull() && given != Value(""))
        ref = QString::fromStdString(pythonStr(given));
    else if (isPackRef(directory))
        ref = directory;
    else if (isPackRef(name))
        ref = name;
    else
        return refused(
            u"Pack name \"%1\" contains invalid characters and \"ref\" attribute is not available. Add a \"ref\" of lower case letters, digits and _ to pack.yaml, or use only these in the name."_s
                .arg(name));
    if (ref == u"_global")
        return refused(u"_global is a reserved name, and cannot be used as a pack name"_s);
    return ref;
}

Result<bool> satisfies(const QString &version, const QString &constraint)
{
    if (constraint == u"all")
        return true;
    const QStringList parts = constraint.split(u',');
    if (parts.size() == 1)
        return satisfiesOne(version, constraint);
    for (const QString &part : parts) {
        if (part.trimmed().isEmpty())
            continue;
        SG_LET(const bool holds, satisfiesOne(version, part.trimmed()));
        if (!holds)
            return false;
    }
    return true;
}

Result<> expectSupported(const Value &metadata, const QString &stackStormVersion)
{
    const QString remedy
        = u" You can override this restriction by providing the \"force\" flag, but the pack is not guaranteed to work."_s;
    const QString constraint = metadata["stackstorm_version"].toQStringOr({});
    if (!constraint.isEmpty()) {
        SG_LET(const bool holds, satisfies(stackStormVersion, constraint));
        if (!holds)
            return refused(
                u"Pack \"%1\" requires StackStorm \"%2\", but current version is \"%3\"."_s.arg(
                    shownName(metadata), constraint, stackStormVersion)
                + remedy);
    }
    if (isOnlyPython2(metadata))
        return refused(u"Pack \"%1\" requires Python 2.x, but current Python version is 3."_s.arg(
                           shownName(metadata))
                       + remedy);
    return {};
}

QString pythonWarning(const Value &metadata)
{
    if (!isOnlyPython2(metadata))
        return {};
    return u"DEPRECATION WARNING: Pack %1 only supports Python 2.x. Python 2 support has been removed since st2 v3.4.0. Please update your packs to work with Python 3.x"_s
        .arg(shownName(metadata));
}

Result<int> compareVersions(const QString &a, const QString &b)
{
    SG_LET(const SemanticVersion left, parsed(a));
    SG_LET(const SemanticVersion right, parsed(b));
    return compare(left, right);
}

} // namespace stormglass
