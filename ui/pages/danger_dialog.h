#pragma once

#include "ui/models/connection.h"

#include <QDialog>

class QLineEdit;

namespace stormglass::ui {

class Button;

// What is about to be done, and cannot be taken back.
struct Danger
{
    // `Cancel core.local?`
    QString question;
    // What is lost by it.
    QString consequence;
    // What the button says: `Cancel the execution`.
    QString act;
};

// Asks before what cannot be undone. On a production engine the engine's name must be typed, so
// that nobody does there what was meant for another.
class DangerDialog : public QDialog
{
    Q_OBJECT

public:
    // `typed` is the name to be typed, if any.
    DangerDialog(const Danger &danger, const QString &typed, QWidget *parent);

private:
    void refresh();

    QString m_wanted;
    QLineEdit *m_name;
    Button *m_act;
};

// Only on a production engine; elsewhere it is done at once, because it can be undone.
void askOnProduction(const Danger &danger, const Connection &connection, QWidget *parent,
                     std::function<void()> act);
void askAlways(const Danger &danger, const Connection &connection, QWidget *parent,
               std::function<void()> act);

} // namespace stormglass::ui
