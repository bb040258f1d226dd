#pragma once

#include "ui/models/connection.h"

#include <QDialog>
#include <QUrl>

class QComboBox;
class QLineEdit;

namespace stormglass::ui {

class Button;
class Field;

// A remote engine as a person names it.
struct RemoteEntry
{
    QString name;
    QUrl url;
    InstanceKind kind = InstanceKind::Production;
    Credential credential{Credential::Kind::ApiKey, {}};
};

// Where a remote engine is, what it is for, and with which key it is asked.
class InstanceDialog : public QDialog
{
    Q_OBJECT

public:
    // `names` are taken already.
    InstanceDialog(const RemoteEntry &entry, const QStringList &names, QWidget *parent);

    RemoteEntry entry() const;

private:
    void check();

    QStringList m_names;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QComboBox *m_kind;
    QComboBox *m_credential;
    QLineEdit *m_secret;
    Field *m_nameField;
    Field *m_urlField;
    Field *m_secretField;
    Button *m_accept;
};

// What is wrong with an address; empty if nothing is.
QString addressProblem(const QUrl &url);

} // namespace stormglass::ui
