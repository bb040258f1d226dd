#pragma once

#include <QWidget>

class QGridLayout;

namespace stormglass::ui {

class Text;

// One question of a form: its name above, what is filled in, help and error below.
class Field : public QWidget
{
    Q_OBJECT

public:
    Field(const QString &name, QWidget *input, QWidget *parent = nullptr);

    void setHelp(const QString &help);
    void setError(const QString &error);
    QString error() const;
    // A word behind the name: required, secret, its type.
    void setNote(const QString &note);
    QWidget *input() const { return m_input; }

private:
    QWidget *m_input;
    Text *m_note;
    Text *m_help;
    Text *m_error;
};

// Name and value, side by side, for details; a value is any widget.
class Facts : public QWidget
{
    Q_OBJECT

public:
    explicit Facts(QWidget *parent = nullptr);
    void add(const QString &name, QWidget *value);
    void clear();

private:
    QGridLayout *m_layout;
};

} // namespace stormglass::ui
