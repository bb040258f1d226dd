#pragma once

#include "ui/models/rule_draft.h"

#include <QTimer>
#include <QWidget>

namespace stormglass::ui {

class CodeView;
class Text;

// A rule as the file it would be, to be read and changed: what is written is read as one types, and
// where it cannot be, the line at fault is marked and said. Knows nothing of saving.
class RuleYamlEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RuleYamlEditor(QWidget *parent = nullptr);

    // Writes the draft anew, unless the text says the same already.
    void show(const RuleDraft &draft);
    using QWidget::show;
    // The same, unless somebody is writing here.
    void keepUp(const RuleDraft &draft);
    // What is written cannot be read, and so cannot be saved.
    bool hasProblem() const { return m_hasProblem; }
    // Something was typed that is not read yet.
    bool isPending() const { return m_rest.isActive(); }
    // Reads at once what was typed last.
    void flush();
    // Marks what an engine says against it.
    void showFault(const QString &message, const QString &place);

signals:
    void edited(const stormglass::ui::RuleDraft &draft);
    void problemChanged();

private:
    void take();
    void say(const QString &problem, int line);

    RuleDraft m_base;
    // What the text stands for, as far as it could be read.
    RuleDraft m_shown;
    bool m_hasProblem = false;
    CodeView *m_code;
    Text *m_said;
    QTimer m_rest;
};

} // namespace stormglass::ui
