#include "ui/pages/execution_history.h"

#include "ui/models/execution_words.h"
#include "ui/models/times.h"
#include "ui/pages/layouts.h"
#include "ui/pages/looks.h"
#include "ui/widgets/chip.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

ExecutionHistory::ExecutionHistory(Session &session, QWidget *parent)
    : DetailScroll(parent)
    , m_session(session)
{
}

void ExecutionHistory::show(const Value &execution)
{
    if (m_shown == execution["log"] && !m_shown.isNull())
        return;
    m_shown = execution["log"];
    clearLayout(*body());
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 10, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(3, 1);
    std::optional<Timestamp> last;
    int row = 0;
    for (const Value &move : m_shown.itemsOrNone()) {
        const QString status = move["status"].toQStringOr({});
        const StateLook look = lookOfExecution(status);
        const std::optional<ExecutionStatus> known = executionStatusFromText(status);
        const std::optional<Timestamp> time = timeOf(move["timestamp"]);
        const Timestamp now = m_session.connection.clock().now();
        grid->addWidget(new Text(time ? clockText(*time, now, m_session.zone()) : QString(),
                                 Face::Code, Tone::Muted),
                        row, 0);
        grid->addWidget(new Chip(known ? statusWord(*known) : status, look.tone, look.glyph), row,
                        1);
        if (time && last)
            grid->addWidget(
                new Text(tr("after %1").arg(durationText(*time - *last)), Face::Body, Tone::Muted),
                row, 2);
        auto *reason = new Text(move["reason"].toQStringOr({}), Face::Body);
        reason->setWrapping();
        grid->addWidget(reason, row, 3);
        last = time ? time : last;
        ++row;
    }
    body()->addLayout(grid);
    if (row == 0)
        body()->addWidget(new Text(tr("No change of state is recorded."), Face::Body, Tone::Muted));
    body()->addStretch(1);
}

} // namespace stormglass::ui
