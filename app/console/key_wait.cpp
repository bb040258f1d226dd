#include "app/console/key_wait.h"

#include "engine/host/datastore_key.h"

#include <QMessageBox>
#include <QPushButton>

namespace stormglass {

namespace {

constexpr std::chrono::milliseconds patience{700};

} // namespace

KeyWait::KeyWait(Keychain &keychain, const Settings &settings)
    : m_keeping(keychain, {settings.datastoreKeyFile(), settings.datastoreKeyMarker()},
                [settings] { return hasStoredSecrets(settings); })
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &KeyWait::tellWaiting);
}

KeyWait::~KeyWait() = default;

void KeyWait::begin()
{
    m_patience.start();
    m_keeping.obtain([this](const Result<std::optional<Value>> &key) { take(key); });
}

void KeyWait::take(const Result<std::optional<Value>> &key)
{
    m_patience.stop();
    if (!key)
        return tellRefused(key.error().message);
    m_key = *key;
    m_box.reset();
    emit found();
}

void KeyWait::tellWaiting()
{
    m_box = std::make_unique<QMessageBox>(QMessageBox::Information, tr("Stormglass"),
                                          tr("Waiting for the system's keychain, which keeps the "
                                             "key of stored secrets. It may ask for its password."),
                                          QMessageBox::NoButton);
    m_box->addButton(tr("Quit"), QMessageBox::RejectRole);
    connect(m_box.get(), &QMessageBox::rejected, this, &KeyWait::givenUp);
    m_box->open();
}

void KeyWait::tellRefused(const QString &why)
{
    m_box = std::make_unique<QMessageBox>(QMessageBox::Critical, tr("Stormglass"), why,
                                          QMessageBox::NoButton);
    QPushButton *const again = m_box->addButton(tr("Try Again"), QMessageBox::AcceptRole);
    m_box->addButton(tr("Quit"), QMessageBox::RejectRole);
    m_box->setDefaultButton(again);
    connect(m_box.get(), &QMessageBox::accepted, this, &KeyWait::begin);
    connect(m_box.get(), &QMessageBox::rejected, this, &KeyWait::givenUp);
    m_box->open();
}

} // namespace stormglass
