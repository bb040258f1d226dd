#pragma once

#include "ui/pages/detail_parts.h"
#include "ui/pages/page.h"

namespace stormglass::ui {

// Every change of state, with how long each lasted, who and why.
class ExecutionHistory : public DetailScroll
{
    Q_OBJECT

public:
    explicit ExecutionHistory(Session &session, QWidget *parent = nullptr);
    void show(const Value &execution);
    using DetailScroll::show;

private:
    Session &m_session;
    Value m_shown;
};

} // namespace stormglass::ui
