#pragma once

#include "ui/models/rehearsals.h"
#include "ui/models/rule_draft.h"
#include "ui/pages/page.h"

#include <functional>

class QProgressBar;

namespace stormglass::ui {

class Button;
class ErrorBanner;
class RehearsalFindings;
class Segmented;
class States;
class Text;

// What a draft rule would have done with the events of the last hour, the last day, or all there
// are.
class RehearsalView : public QWidget
{
    Q_OBJECT

public:
    RehearsalView(Session &session, std::function<RuleDraft()> draft, QWidget *parent = nullptr);

    // Another rule: what was found is about the one before.
    void clear();
    void start();

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    void refresh();
    void showProgress();
    RehearsalWish wish() const;

    Session &m_session;
    std::function<RuleDraft()> m_draft;
    RehearsalModel m_model;
    Segmented *m_span;
    Button *m_start;
    Button *m_cancel;
    QProgressBar *m_progress;
    Text *m_line;
    ErrorBanner *m_error;
    RehearsalFindings *m_findings;
    States *m_states;
};

} // namespace stormglass::ui
