#include "ui/shell/closing_dialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

ClosingDialog::ClosingDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Closing the window"));
    setModal(true);
    auto *text = new Text(
        tr("The engine can go on working behind an icon of the panel: timers tick, sensors watch "
           "and "
           "rules act. Or everything ends with the window. You are asked only this once."),
        Face::Body, Tone::Muted);
    text->setWrapping();
    auto *keep = new Button(tr("Keep it running"), QStringLiteral("tray"), Emphasis::Primary);
    auto *quit = new Button(tr("Quit"), QStringLiteral("power"));
    auto *cancel = new Button(tr("Do not close"), {}, Emphasis::Quiet);
    keep->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(quit);
    buttons->addWidget(keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);
    layout->addWidget(new Text(tr("Shall the engine go on?"), Face::Heading));
    layout->addWidget(text);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    setFixedWidth(460);
    keep->setFocus();
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(keep, &QAbstractButton::clicked, this, [this] {
        accept();
        emit decided(true);
    });
    connect(quit, &QAbstractButton::clicked, this, [this] {
        accept();
        emit decided(false);
    });
}

} // namespace stormglass::ui
