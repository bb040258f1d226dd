#pragma once

#include "ui/pages/detail_parts.h"
#include "ui/pages/page.h"

namespace stormglass::ui {

class CodeView;

// Why an execution ran, how long, and what came of it, in one look.
class ExecutionSummary : public DetailScroll
{
    Q_OBJECT

public:
    explicit ExecutionSummary(Session &session, QWidget *parent = nullptr);
    void show(const Value &execution);
    using DetailScroll::show;

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    void addCause(const Value &execution);
    void addTimes(const Value &execution);
    void addFailure(const Value &execution);
    void addOutcome(const Value &execution);
    QWidget *chain(const Value &execution);
    QWidget *link(const QString &text, const Place &place);

    Session &m_session;
    Value m_shown;
};

} // namespace stormglass::ui
