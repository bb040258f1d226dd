#include "ui/editors/criteria_editor.h"

#include "ui/editors/criterion_editor.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QVBoxLayout>

#include <algorithm>

namespace stormglass::ui {

CriteriaEditor::CriteriaEditor(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_none(new Text(tr("Every event fires the rule."), Face::Body, Tone::Muted))
    , m_add(new Button(tr("Condition"), QStringLiteral("plus")))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_none);
    m_layout->addWidget(m_add, 0, Qt::AlignLeft);
    m_add->setAccessibleName(tr("Add a condition"));
    connect(m_add, &QAbstractButton::clicked, this, &CriteriaEditor::addCondition);
}

void CriteriaEditor::setRows(const std::vector<CriterionRow> &rows)
{
    for (CriterionEditor *editor : m_editors)
        delete editor;
    m_editors.clear();
    for (const CriterionRow &row : rows)
        append(row);
    refresh();
}

std::vector<CriterionRow> CriteriaEditor::rows() const
{
    std::vector<CriterionRow> rows;
    for (const CriterionEditor *editor : m_editors)
        rows.push_back(editor->row());
    return rows;
}

void CriteriaEditor::setPaths(const QStringList &paths)
{
    m_paths = paths;
    for (CriterionEditor *editor : m_editors)
        editor->setPaths(paths);
}

void CriteriaEditor::showProblems(const std::vector<QString> &problems)
{
    for (std::size_t i = 0; i < m_editors.size(); ++i)
        m_editors[i]->showProblem(i < problems.size() ? problems[i] : QString());
}

void CriteriaEditor::addCondition()
{
    CriterionRow row;
    row.path = m_paths.value(0);
    CriterionEditor *added = append(row);
    refresh();
    added->begin();
    emit edited();
}

CriterionEditor *CriteriaEditor::append(const CriterionRow &row)
{
    auto *editor = new CriterionEditor(row);
    editor->setPaths(m_paths);
    m_layout->insertWidget(static_cast<int>(m_editors.size()) + 1, editor);
    editor->show();
    m_editors.push_back(editor);
    connect(editor, &CriterionEditor::edited, this, &CriteriaEditor::edited);
    connect(editor, &CriterionEditor::removed, this, [this, editor] { remove(editor); });
    return editor;
}

void CriteriaEditor::remove(CriterionEditor *editor)
{
    std::erase(m_editors, editor);
    editor->hide();
    editor->deleteLater();
    m_add->setFocus();
    refresh();
    emit edited();
}

void CriteriaEditor::refresh()
{
    m_none->setVisible(m_editors.empty());
}

} // namespace stormglass::ui
