#pragma once

#include "ui/models/connection.h"

#include <QDialog>
#include <QUrl>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace stormglass::ui {

class Button;
class Field;
class Text;

// A remote engine as a person names it.
struct RemoteEntry
{
    QString name;
    QUrl url;
    InstanceKind kind = InstanceKind::Production;
    Credential credential{Credential::Kind::ApiKey, {}};
    // Whether its key is to be kept beyond the end of the program.
    bool keepsKey = true;

    // What its key is kept under. The address is part of it: a key is never shown to another
    // server because a name was given twice or a file of settings was changed.
    QString keyName() const;
};

// Where a remote engine is, what it is for, and with which key it is asked.
class InstanceDialog : public QDialog
{
    Q_OBJECT

public:
    // `names` are taken already.
    InstanceDialog(const RemoteEntry &entry, const QStringList &names, QWidget *parent);

    RemoteEntry entry() const;
    // Why it is asked, where a person did not ask for it.
    void setReason(const QString &reason);
    // Without a place for keys nothing is offered.
    void setCanKeep(bool can);

private:
    void fillChoices(const RemoteEntry &entry);
    void build();
    void check();

    QStringList m_names;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QComboBox *m_kind;
    QComboBox *m_credential;
    QLineEdit *m_secret;
    QCheckBox *m_keep;
    Text *m_reason;
    Field *m_nameField;
    Field *m_urlField;
    Field *m_secretField;
    Button *m_accept;
};

// What is wrong with an address; empty if nothing is.
QString addressProblem(const QUrl &url);

} // namespace stormglass::ui
