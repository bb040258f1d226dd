#include "ui/pages/rehearsal_findings.h"

#include "ui/models/summary.h"
#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/layouts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr std::size_t marksShown = 60;
constexpr std::int64_t columns = 60;
// So that the lines stand in columns whatever the digits.
constexpr int timeWidth = 104;

Text *wrapped(const QString &text, Face face, Tone tone)
{
    auto *made = new Text(text, face, tone);
    made->setWrapping();
    made->setCopyable();
    return made;
}

Tone toneOf(RehearsalMark::Kind kind)
{
    switch (kind) {
    case RehearsalMark::Kind::Fires:
        return Tone::Accent;
    case RehearsalMark::Kind::Gained:
        return Tone::Good;
    case RehearsalMark::Kind::Lost:
        return Tone::Warn;
    case RehearsalMark::Kind::Error:
        return Tone::Bad;
    }
    return Tone::Text;
}

} // namespace

RehearsalFindings::RehearsalFindings(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_sentence(wrapped({}, Face::Strong, Tone::Text))
    , m_compared(wrapped({}, Face::Body, Tone::Muted))
    , m_timeline(new StackedBars(tr("When it would have fired")))
    , m_lists(new QVBoxLayout)
{
    m_timeline->setTones({Tone::Accent, Tone::Good, Tone::Warn, Tone::Bad});
    m_timeline->setMinimumHeight(96);
    m_lists->setSpacing(4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_sentence);
    layout->addWidget(m_compared);
    layout->addWidget(m_timeline);
    layout->addLayout(m_lists);
    layout->addStretch(1);
}

void RehearsalFindings::show(const RehearsalReport &report)
{
    const RehearsalSummary &summary = report.summary;
    QString sentence = tr("It would have fired on %1 of %2 events.")
                           .arg(countText(summary.fires), countText(summary.events));
    if (summary.peak > 1)
        sentence += QLatin1Char(' ')
            + tr("Most in one minute: %1, at %2.")
                  .arg(countText(summary.peak),
                       minuteText(summary.peakMinute, now(), m_session.zone()));
    m_sentence->setText(sentence);
    const bool isSame = summary.gained == 0 && summary.lost == 0;
    m_compared->say(!report.isCompared ? QString()
                        : isSame       ? tr("The saved version would have done the same.")
                                       : tr("Against the saved version: %1 gained, %2 lost.")
                                       .arg(countText(summary.gained), countText(summary.lost)));
    showTimeline(report);
    clearLayout(*m_lists);
    addErrors(report);
    addNearMisses(report);
    addMarks(report);
}

// The engine's pieces, a few of them to a column.
void RehearsalFindings::showTimeline(const RehearsalReport &report)
{
    m_timeline->setVisible(!report.timeline.empty());
    if (report.timeline.empty())
        return;
    const Timestamp begin = report.from.value_or(report.timeline.front().begin);
    const Timestamp last = std::max(report.timeline.back().begin + report.bucketWidth,
                                    report.to.value_or(report.from ? report.started : begin));
    const auto width = std::max<Timestamp::duration>(
        (last - begin) / columns + Timestamp::duration(1), report.bucketWidth);
    QList<Stack> stacks(static_cast<qsizetype>((last - begin) / width + 1),
                        Stack{{0, 0, 0, 0}, {}});
    for (qsizetype i = 0; i < stacks.size(); ++i)
        stacks[i].label = exactText(begin + width * i, m_session.zone());
    for (const RehearsalBucket &bucket : report.timeline) {
        const auto place = static_cast<qsizetype>((bucket.begin - begin) / width);
        Stack &stack = stacks[qBound(qsizetype(0), place, stacks.size() - 1)];
        stack.parts[0] += static_cast<double>(bucket.fires - bucket.gained);
        stack.parts[1] += static_cast<double>(bucket.gained);
        stack.parts[2] += static_cast<double>(bucket.lost);
        stack.parts[3] += static_cast<double>(bucket.errors);
    }
    m_timeline->setStacks(stacks);
    const QString from = minuteText(begin, now(), m_session.zone());
    const QString to = minuteText(last, now(), m_session.zone());
    if (from != to)
        m_timeline->setEnds(from, to);
    else
        m_timeline->setEnds(clockText(begin, now(), m_session.zone()),
                            clockText(last, now(), m_session.zone()));
}

void RehearsalFindings::addErrors(const RehearsalReport &report)
{
    if (report.summary.errors.empty())
        return;
    m_lists->addWidget(sectionTitle(tr("What could not be answered")));
    for (const auto &[kind, errors] : report.summary.errors)
        m_lists->addWidget(
            wrapped(tr("%1, %2 times: %3").arg(kind, countText(errors.count), errors.message),
                    Face::Body, Tone::Bad));
}

void RehearsalFindings::addNearMisses(const RehearsalReport &report)
{
    if (report.summary.nearMisses == 0)
        return;
    m_lists->addWidget(sectionTitle(tr("What nearly fired")));
    for (const auto &[criterion, events] : report.summary.heldBackBy)
        m_lists->addWidget(wrapped(
            tr("Only %1 kept it from firing on %2 events.").arg(criterion, countText(events)),
            Face::Body, Tone::Text));
    for (const RehearsalNearMiss &miss : report.nearMisses)
        addEvent(miss.triggerInstance, miss.occurrence, tr("nearly"), Tone::Muted, miss.sentence);
}

void RehearsalFindings::addMarks(const RehearsalReport &report)
{
    if (report.marks.empty())
        return;
    m_lists->addWidget(sectionTitle(tr("Event by event, the newest first")));
    std::size_t shown = 0;
    for (const RehearsalMark &mark : report.marks) {
        if (shown++ == marksShown)
            break;
        const QString words = mark.kind == RehearsalMark::Kind::Fires ? tr("fires")
            : mark.kind == RehearsalMark::Kind::Gained                ? tr("gained")
            : mark.kind == RehearsalMark::Kind::Lost                  ? tr("lost")
                                                                      : tr("error");
        const QString more = mark.message.isEmpty() && !mark.parameters.isNull()
            ? summaryOf(mark.parameters)
            : mark.message;
        addEvent(mark.triggerInstance, mark.occurrence, words, toneOf(mark.kind), more);
    }
}

Timestamp RehearsalFindings::now() const
{
    return m_session.connection.clock().now();
}

void RehearsalFindings::addEvent(const Id &triggerInstance, Timestamp time, const QString &words,
                                 Tone tone, const QString &more)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    auto *link = new LinkButton(clockText(time, now(), m_session.zone()));
    link->setToolTip(exactText(time, m_session.zone()));
    link->setMinimumWidth(timeWidth);
    link->setAccessibleName(tr("Show the event of %1").arg(exactText(time, m_session.zone())));
    connect(link, &QAbstractButton::clicked, this, [this, id = triggerInstance.text()] {
        emit placeWanted({QStringLiteral("events"), id, {}});
    });
    auto *kind = new Text(words, Face::Small, tone);
    kind->setMinimumWidth(48);
    kind->setFixedHeight(link->sizeHint().height());
    line->addWidget(link, 0, Qt::AlignTop);
    line->addWidget(kind, 0, Qt::AlignTop);
    line->addWidget(wrapped(more, Face::Small, Tone::Muted), 1);
    m_lists->addLayout(line);
}

} // namespace stormglass::ui
