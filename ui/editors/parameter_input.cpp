#include "ui/editors/parameter_input.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_box.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace stormglass::ui {

namespace {

using Kind = ParameterField::Kind;

bool isShown(const ParameterField &field)
{
    return field.kind == Kind::Object || field.kind == Kind::Array || field.kind == Kind::Number
        || field.kind == Kind::Integer;
}

} // namespace

ParameterInput::ParameterInput(const ParameterField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    if (!field.choices.empty() || field.kind == Kind::Boolean)
        makeChoice();
    else if (field.kind == Kind::Object)
        makeBox();
    else
        makeLine();
    QWidget *input = m_choice ? static_cast<QWidget *>(m_choice)
        : m_box               ? static_cast<QWidget *>(m_box)
                              : m_line;
    layout->addWidget(input);
    input->setAccessibleName(field.name);
    input->setAccessibleDescription(field.description);
    setFocusProxy(input);
    if (field.isImmutable)
        input->setEnabled(false);
    if (field.isImmutable && field.hasDefault)
        setValue(field.defaultValue);
}

void ParameterInput::makeChoice()
{
    m_choice = new QComboBox;
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(6);
    m_choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const bool mayBeLeft = field().hasDefault || !field().isRequired;
    if (mayBeLeft) {
        const QString usual = field().hasDefault
            ? tr("%1 (default)").arg(inputText(m_field, m_field.defaultValue))
            : tr("not set");
        m_choice->addItem(usual, QString());
    }
    ValueList choices = m_field.choices;
    if (choices.empty())
        choices = {Value(true), Value(false)};
    for (const Value &choice : choices)
        m_choice->addItem(inputText(m_field, choice), inputText(m_field, choice));
    connect(m_choice, &QComboBox::currentIndexChanged, this, &ParameterInput::edited);
}

void ParameterInput::makeBox()
{
    m_box = new TextBox;
    m_box->setFixedHeight(76);
    m_box->setPlaceholderText(m_field.hasDefault ? inputText(m_field, m_field.defaultValue)
                                                 : QStringLiteral("{\"name\": \"value\"}"));
    connect(m_box, &QPlainTextEdit::textChanged, this, &ParameterInput::edited);
}

void ParameterInput::makeLine()
{
    m_line = new QLineEdit;
    m_line->setMaxLength(1'000'000);
    if (isShown(m_field))
        m_line->setFont(fonts::code());
    if (m_field.hasDefault && !m_field.isSecret)
        m_line->setPlaceholderText(shortened(inputText(m_field, m_field.defaultValue), 80));
    else if (m_field.kind == Kind::Array)
        m_line->setPlaceholderText(tr("one, two, three"));
    if (m_field.isSecret) {
        m_line->setEchoMode(QLineEdit::Password);
        QAction *look
            = m_line->addAction(themedIcon(QStringLiteral("observe")), QLineEdit::TrailingPosition);
        look->setText(tr("Show"));
        look->setCheckable(true);
        connect(look, &QAction::toggled, this, [this](bool shown) {
            m_line->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        });
    }
    connect(m_line, &QLineEdit::textEdited, this, &ParameterInput::edited);
}

void ParameterInput::setValue(const Value &value)
{
    const QString wanted = inputText(m_field, value);
    if (m_line) {
        m_line->setText(wanted);
        m_line->setCursorPosition(0);
    } else if (m_box) {
        m_box->setPlainText(wanted);
    } else {
        int index = m_choice->findData(wanted);
        // A template, or a value the schema does not know, is kept and shown as it is.
        if (index < 0 && !wanted.isEmpty()) {
            m_choice->addItem(wanted, wanted);
            index = m_choice->count() - 1;
        }
        m_choice->setCurrentIndex(qMax(0, index));
    }
}

QString ParameterInput::text() const
{
    if (m_line)
        return m_line->text();
    return m_box ? m_box->toPlainText() : m_choice->currentData().toString();
}

ParsedInput ParameterInput::read() const
{
    if (m_field.isImmutable)
        return {};
    // Choices may be of any kind; the one whose text was taken is the value.
    for (const Value &choice : m_field.choices) {
        if (inputText(m_field, choice) == text() && !text().isEmpty())
            return {choice, {}};
    }
    return readInput(m_field, text());
}

} // namespace stormglass::ui
