#include "ui/widgets/form.h"

#include "ui/widgets/text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

Field::Field(const QString &name, QWidget *input, QWidget *parent)
    : QWidget(parent)
    , m_input(input)
    , m_note(new Text({}, Face::Small, Tone::Faint))
    , m_help(new Text({}, Face::Small, Tone::Faint))
    , m_error(new Text({}, Face::Small, Tone::Bad))
{
    auto *label = new Text(name, Face::Label, Tone::Muted);
    label->setBuddy(input);
    if (input->accessibleName().isEmpty())
        input->setAccessibleName(name);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(label);
    head->addWidget(m_note);
    head->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(input);
    layout->addWidget(m_error);
    layout->addWidget(m_help);
    m_help->setWrapping();
    m_error->setWrapping();
    m_help->hide();
    m_error->hide();
    m_note->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void Field::setHelp(const QString &help)
{
    m_help->setText(help);
    m_help->setVisible(!help.isEmpty());
    m_input->setAccessibleDescription(help);
}

void Field::setError(const QString &error)
{
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

QString Field::error() const
{
    return m_error->text();
}

void Field::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

Facts::Facts(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(16);
    m_layout->setVerticalSpacing(6);
    m_layout->setColumnMinimumWidth(0, 96);
    m_layout->setColumnStretch(1, 1);
}

void Facts::add(const QString &name, QWidget *value)
{
    const int row = m_layout->rowCount();
    auto *label = new Text(name, Face::Body, Tone::Muted);
    m_layout->setRowMinimumHeight(row, 18);
    m_layout->addWidget(label, row, 0, Qt::AlignLeft | Qt::AlignTop);
    // A column of a grid grows no further than the narrowest it holds, so that gets room beside it.
    if (value->sizePolicy().horizontalPolicy() & QSizePolicy::GrowFlag) {
        m_layout->addWidget(value, row, 1);
    } else {
        auto *cell = new QWidget;
        auto *line = new QHBoxLayout(cell);
        line->setContentsMargins(0, 0, 0, 0);
        line->addWidget(value);
        line->addStretch(1);
        m_layout->addWidget(cell, row, 1);
    }
    if (value->accessibleName().isEmpty())
        value->setAccessibleName(name);
}

void Facts::clear()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace stormglass::ui
