#include "ui/shell/memory.h"

#include "ui/shell/kind_look.h"

namespace stormglass::ui {

namespace {

constexpr int version = 1;

} // namespace

Memory::Memory(const QString &file)
{
    if (!file.isEmpty())
        m_settings = std::make_unique<QSettings>(file, QSettings::IniFormat);
    // A file of a newer program is left alone rather than half understood.
    const bool isUsable
        = m_settings && m_settings->value(QStringLiteral("version"), version).toInt() <= version;
    if (!isUsable) {
        m_nowhere = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_nowhere->filePath(QStringLiteral("state.ini")),
                                                 QSettings::IniFormat);
    }
    m_settings->setValue(QStringLiteral("version"), version);
}

QByteArray Memory::geometry() const
{
    return m_settings->value(QStringLiteral("geometry")).toByteArray();
}

void Memory::setGeometry(const QByteArray &geometry)
{
    m_settings->setValue(QStringLiteral("geometry"), geometry);
}

QString Memory::theme() const
{
    return m_settings->value(QStringLiteral("theme")).toString();
}

void Memory::setTheme(const QString &theme)
{
    m_settings->setValue(QStringLiteral("theme"), theme);
}

QString Memory::density() const
{
    return m_settings->value(QStringLiteral("density"), QStringLiteral("normal")).toString();
}

void Memory::setDensity(const QString &density)
{
    m_settings->setValue(QStringLiteral("density"), density);
}

QString Memory::zone() const
{
    return m_settings->value(QStringLiteral("zone")).toString();
}

void Memory::setZone(const QString &zone)
{
    m_settings->setValue(QStringLiteral("zone"), zone);
}

std::optional<bool> Memory::keepsRunning() const
{
    const QVariant value = m_settings->value(QStringLiteral("keepsRunning"));
    return value.isValid() ? std::optional(value.toBool()) : std::nullopt;
}

void Memory::setKeepsRunning(bool keeps)
{
    m_settings->setValue(QStringLiteral("keepsRunning"), keeps);
}

QString Memory::lastInstance() const
{
    return m_settings->value(QStringLiteral("instance")).toString();
}

void Memory::setLastInstance(const QString &name)
{
    m_settings->setValue(QStringLiteral("instance"), name);
}

std::vector<RemoteEntry> Memory::remotes() const
{
    std::vector<RemoteEntry> remotes;
    const int count = m_settings->beginReadArray(QStringLiteral("remotes"));
    for (int i = 0; i < count; ++i) {
        m_settings->setArrayIndex(i);
        RemoteEntry entry;
        entry.name = m_settings->value(QStringLiteral("name")).toString();
        entry.url = QUrl(m_settings->value(QStringLiteral("url")).toString());
        entry.kind = kindFromName(m_settings->value(QStringLiteral("kind")).toString());
        const bool isToken
            = m_settings->value(QStringLiteral("credential")).toString() == QLatin1String("token");
        entry.keepsKey = m_settings->value(QStringLiteral("keepsKey"), true).toBool();
        entry.credential.kind = isToken ? Credential::Kind::Token : Credential::Kind::ApiKey;
        if (!entry.name.isEmpty() && addressProblem(entry.url).isEmpty())
            remotes.push_back(entry);
    }
    m_settings->endArray();
    return remotes;
}

void Memory::setRemotes(const std::vector<RemoteEntry> &remotes)
{
    m_settings->beginWriteArray(QStringLiteral("remotes"), static_cast<int>(remotes.size()));
    for (std::size_t i = 0; i < remotes.size(); ++i) {
        m_settings->setArrayIndex(static_cast<int>(i));
        const RemoteEntry &entry = remotes[i];
        m_settings->setValue(QStringLiteral("name"), entry.name);
        m_settings->setValue(QStringLiteral("url"), entry.url.toString());
        m_settings->setValue(QStringLiteral("kind"), nameOf(entry.kind));
        m_settings->setValue(QStringLiteral("keepsKey"), entry.keepsKey);
        m_settings->setValue(QStringLiteral("credential"),
                             entry.credential.kind == Credential::Kind::Token
                                 ? QStringLiteral("token")
                                 : QStringLiteral("apikey"));
    }
    m_settings->endArray();
}

} // namespace stormglass::ui
