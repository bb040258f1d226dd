#include "ui/shell/instance_dialog.h"

#include "ui/shell/kind_look.h"
#include "ui/widgets/button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1")
        || host == QLatin1String("::1");
}

} // namespace

QString addressProblem(const QUrl &url)
{
    const bool isHttp
        = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !isHttp || url.host().isEmpty())
        return InstanceDialog::tr("An address looks like https://engine.example:9101.");
    if (!url.userInfo().isEmpty())
        return InstanceDialog::tr("Put the key into its own field, not into the address.");
    return {};
}

QString RemoteEntry::keyName() const
{
    return name + QLatin1Char(' ') + url.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
}

InstanceDialog::InstanceDialog(const RemoteEntry &entry, const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_names(names)
    , m_name(new QLineEdit(entry.name))
    , m_url(new QLineEdit(entry.url.toString()))
    , m_kind(new QComboBox)
    , m_credential(new QComboBox)
    , m_secret(new QLineEdit(entry.credential.secret))
    , m_keep(new QCheckBox(tr("Keep the key in the system's keychain")))
    , m_reason(new Text({}, Face::Body, Tone::Warn))
    , m_accept(new Button(tr("Connect"), {}, Emphasis::Primary))
{
    setWindowTitle(entry.name.isEmpty() ? tr("Add an engine") : tr("Change the engine"));
    setModal(true);
    m_names.removeAll(entry.name);
    m_url->setPlaceholderText(QStringLiteral("https://engine.example:9101"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_keep->setChecked(entry.keepsKey);
    m_keep->setAccessibleName(m_keep->text());
    m_reason->setWrapping();
    m_reason->hide();
    m_accept->setDefault(true);
    fillChoices(entry);
    build();
    setFixedWidth(480);
    m_name->setFocus();
    connect(m_accept, &QAbstractButton::clicked, this, &InstanceDialog::check);
}

void InstanceDialog::fillChoices(const RemoteEntry &entry)
{
    for (const InstanceKind kind :
         {InstanceKind::Development, InstanceKind::Staging, InstanceKind::Production})
        m_kind->addItem(wordOf(kind), nameOf(kind));
    m_kind->setCurrentIndex(qMax(0, m_kind->findData(nameOf(entry.kind))));
    m_credential->addItem(tr("API key"), static_cast<int>(Credential::Kind::ApiKey));
    m_credential->addItem(tr("Token"), static_cast<int>(Credential::Kind::Token));
    m_credential->setCurrentIndex(entry.credential.kind == Credential::Kind::Token ? 1 : 0);
}

void InstanceDialog::build()
{
    m_nameField = new Field(tr("Name"), m_name);
    m_urlField = new Field(tr("Address"), m_url);
    m_secretField = new Field(tr("Key"), m_secret);
    auto *kindField = new Field(tr("What it is for"), m_kind);
    kindField->setHelp(tr("Its colour tints the top of the window, so that it is never mistaken."));
    auto *secretRow = new QHBoxLayout;
    secretRow->setSpacing(12);
    secretRow->addWidget(new Field(tr("Signed in with"), m_credential), 0, Qt::AlignTop);
    secretRow->addWidget(m_secretField, 1, Qt::AlignTop);
    auto *cancel = new Button(tr("Cancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_accept);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(14);
    layout->addWidget(new Text(windowTitle(), Face::Heading));
    for (QWidget *row :
         std::initializer_list<QWidget *>{m_reason, m_nameField, m_urlField, kindField})
        layout->addWidget(row);
    layout->addLayout(secretRow);
    layout->addWidget(m_keep);
    layout->addSpacing(4);
    layout->addLayout(buttons);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
}

void InstanceDialog::setReason(const QString &reason)
{
    m_reason->say(reason);
    m_secret->setFocus();
    m_secret->selectAll();
}

void InstanceDialog::setCanKeep(bool can)
{
    m_keep->setVisible(can);
}

RemoteEntry InstanceDialog::entry() const
{
    RemoteEntry entry;
    entry.name = m_name->text().trimmed();
    entry.url = QUrl(m_url->text().trimmed());
    entry.kind = kindFromName(m_kind->currentData().toString());
    entry.credential = {static_cast<Credential::Kind>(m_credential->currentData().toInt()),
                        m_secret->text().trimmed()};
    entry.keepsKey = m_keep->isChecked();
    return entry;
}

void InstanceDialog::check()
{
    const RemoteEntry wanted = entry();
    m_nameField->setError(wanted.name.isEmpty() ? tr("Give it a name.")
                              : m_names.contains(wanted.name)
                              ? tr("There is an engine of this name already.")
                              : QString());
    m_urlField->setError(addressProblem(wanted.url));
    const bool isOpen
        = wanted.url.scheme() == QLatin1String("http") && !isLoopback(wanted.url.host());
    m_urlField->setHelp(
        isOpen ? tr("Over http the key can be read on its way. Use https where you can.")
               : QString());
    m_secretField->setError(
        wanted.credential.secret.isEmpty() ? tr("The engine wants to know who asks.") : QString());
    if (m_nameField->error().isEmpty() && m_urlField->error().isEmpty()
        && m_secretField->error().isEmpty())
        accept();
}

} // namespace stormglass::ui
