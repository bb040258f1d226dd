#include "ui/editors/criterion_editor.h"

#include "ui/models/operators.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace stormglass::ui {

CriterionEditor::CriterionEditor(const CriterionRow &row, QWidget *parent)
    : QWidget(parent)
    , m_extra(row.extra)
    , m_path(new QComboBox)
    , m_operator(new QComboBox)
    , m_pattern(new QLineEdit)
    , m_problem(new Text({}, Face::Small, Tone::Bad))
{
    preparePath();
    m_path->setEditText(row.path);
    m_pattern->setFont(fonts::code());
    m_pattern->setPlaceholderText(tr("a value, or {{ a template }}"));
    m_pattern->setAccessibleName(tr("What to compare with"));
    m_pattern->setText(patternText(row.pattern));
    m_pattern->setCursorPosition(0);
    m_operator->setAccessibleName(tr("How to compare"));
    m_operator->setMinimumWidth(76);
    m_operator->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_operator->setMinimumContentsLength(4);
    m_operator->view()->setMinimumWidth(230);
    fillOperators(row.operatorName);
    arrange();
    connect(m_path, &QComboBox::editTextChanged, this, &CriterionEditor::edited);
    connect(m_pattern, &QLineEdit::textEdited, this, &CriterionEditor::edited);
    connect(m_operator, &QComboBox::currentIndexChanged, this, [this] {
        refresh();
        emit edited();
    });
    setFocusProxy(m_path);
    refresh();
}

void CriterionEditor::preparePath()
{
    m_path->setEditable(true);
    m_path->setInsertPolicy(QComboBox::NoInsert);
    m_path->setFont(fonts::code());
    m_path->lineEdit()->setFont(fonts::code());
    m_path->completer()->setFilterMode(Qt::MatchContains);
    m_path->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_path->setMinimumWidth(76);
    m_path->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_path->setAccessibleName(tr("Where to look"));
    m_path->lineEdit()->setAccessibleName(tr("Where to look"));
    m_path->setMinimumContentsLength(4);
}

void CriterionEditor::arrange()
{
    auto *remove = new IconButton(QStringLiteral("close"), tr("Remove this condition"));
    // What is compared with is often long, so it has a line of its own; Tab still comes to it
    // before the button.
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 6);
    grid->setColumnStretch(1, 5);
    grid->addWidget(m_path, 0, 0);
    grid->addWidget(m_operator, 0, 1);
    grid->addWidget(m_pattern, 1, 0, 1, 2);
    grid->addWidget(remove, 0, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(grid);
    layout->addWidget(m_problem);
    m_problem->setWrapping();
    m_problem->hide();
    connect(remove, &QAbstractButton::clicked, this, &CriterionEditor::removed);
}

void CriterionEditor::fillOperators(const QString &current)
{
    const QString words = operatorWords(current);
    for (const OperatorWord &offered : offeredOperators())
        m_operator->addItem(offered.words, offered.words == words ? current : offered.name);
    // A name this program does not know is shown as it is and kept.
    if (m_operator->findData(current) < 0)
        m_operator->addItem(current, current);
    m_operator->setCurrentIndex(m_operator->findData(current));
}

void CriterionEditor::begin()
{
    m_path->setFocus();
    m_path->lineEdit()->selectAll();
}

void CriterionEditor::refresh()
{
    const QString words = m_operator->currentText();
    bool needsPattern = true;
    for (const OperatorWord &offered : offeredOperators())
        needsPattern = offered.words == words ? offered.needsPattern : needsPattern;
    m_pattern->setVisible(needsPattern);
}

CriterionRow CriterionEditor::row() const
{
    CriterionRow row;
    row.path = m_path->currentText().trimmed();
    row.operatorName = m_operator->currentData().toString();
    row.pattern = m_pattern->isHidden() ? Value() : patternFromText(m_pattern->text());
    row.extra = m_extra;
    return row;
}

void CriterionEditor::setPaths(const QStringList &paths)
{
    const QString kept = m_path->currentText();
    const QSignalBlocker quiet(m_path);
    m_path->clear();
    m_path->addItems(paths);
    m_path->setCurrentIndex(m_path->findText(kept));
    m_path->setEditText(kept);
    m_path->lineEdit()->setCursorPosition(0);
}

void CriterionEditor::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace stormglass::ui
