#include "ui/pages/danger_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace stormglass::ui {

DangerDialog::DangerDialog(const Danger &danger, const QString &typed, QWidget *parent)
    : QDialog(parent)
    , m_wanted(typed)
    , m_name(new QLineEdit)
    , m_act(new Button(danger.act, {}, Emphasis::Danger))
{
    setWindowTitle(danger.question);
    setModal(true);
    auto *question = new Text(danger.question, Face::Heading);
    question->setWrapping();
    auto *text = new Text(danger.consequence, Face::Body, Tone::Muted);
    text->setWrapping();
    auto *keep = new Button(tr("Leave it"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(keep);
    buttons->addWidget(m_act);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(question);
    layout->addWidget(text);
    if (m_wanted.isEmpty()) {
        m_name->hide();
        m_name->setParent(this);
        m_act->setDefault(true);
        m_act->setFocus();
    } else {
        auto *field = new Field(
            tr("This is production. Type the engine's name to go on: %1").arg(m_wanted), m_name);
        layout->addWidget(field);
        m_name->setFocus();
        m_act->setDefault(true);
    }
    layout->addSpacing(4);
    layout->addLayout(buttons);
    setFixedWidth(440);
    connect(keep, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, &DangerDialog::refresh);
    refresh();
}

void DangerDialog::refresh()
{
    m_act->setEnabled(m_name->text().trimmed() == m_wanted);
}

void askAlways(const Danger &danger, const Connection &connection, QWidget *parent,
               std::function<void()> act)
{
    const bool isProduction = connection.kind() == InstanceKind::Production;
    auto *dialog = new DangerDialog(danger, isProduction ? connection.name() : QString(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, std::move(act));
    dialog->open();
}

void askOnProduction(const Danger &danger, const Connection &connection, QWidget *parent,
                     std::function<void()> act)
{
    if (connection.kind() == InstanceKind::Production)
        askAlways(danger, connection, parent, std::move(act));
    else
        act();
}

} // namespace stormglass::ui
