#include "ui/models/rehearsals.h"

namespace stormglass::ui {

RehearsalModel::RehearsalModel(Connection &connection, Feed &feed, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    connect(&feed, &Feed::arrived, this, [this](const std::vector<Change> &changes) {
        for (const Change &change : changes) {
            const std::optional<RehearsalReport> report = rehearsalIn(change);
            if (report && report->id == m_report.id && m_step == Step::Running)
                follow(*report);
        }
    });
    // What was told meanwhile is gone.
    connect(&feed, &Feed::resetNeeded, this, [this] {
        if (m_step == Step::Running)
            read();
    });
}

Reply<Value> RehearsalModel::replyTo(void (RehearsalModel::*take)(const Result<Value> &))
{
    return Reply<Value>(this, [this, take, round = m_round](const Result<Value> &answer) {
        if (round == m_round)
            (this->*take)(answer);
    });
}

void RehearsalModel::start(const RehearsalWish &wish)
{
    clear();
    go(Step::Asked);
    m_connection.post(rehearsalsPath(), toJson(wish), replyTo(&RehearsalModel::takeBegun));
}

void RehearsalModel::cancel()
{
    if (m_step == Step::Running)
        m_connection.remove(rehearsalPath(m_report.id), replyTo(&RehearsalModel::takeWhole));
}

void RehearsalModel::clear()
{
    if (m_step == Step::Running)
        m_connection.remove(rehearsalPath(m_report.id), Reply<Value>(nullptr, {}));
    ++m_round;
    m_report = {};
    go(Step::Idle);
}

void RehearsalModel::go(Step step, const QString &failure)
{
    m_step = step;
    m_failure = failure;
    emit changed();
}

void RehearsalModel::takeBegun(const Result<Value> &answer)
{
    const Result<RehearsalReport> begun = answer
        ? rehearsalReportFromJson(*answer)
        : Result<RehearsalReport>(stormglass::failure(answer.error()));
    if (!begun)
        return go(Step::Failed, begun.error().message);
    m_report = *begun;
    go(Step::Running);
    // It may have ended before anybody followed.
    read();
}

void RehearsalModel::follow(const RehearsalReport &report)
{
    m_report = report;
    if (report.status == RehearsalStatus::Running)
        emit changed();
    else
        read();
}

void RehearsalModel::read()
{
    m_connection.get(rehearsalPath(m_report.id), {}, replyTo(&RehearsalModel::takeWhole));
}

void RehearsalModel::takeWhole(const Result<Value> &answer)
{
    const Result<RehearsalReport> whole = answer
        ? rehearsalReportFromJson(*answer)
        : Result<RehearsalReport>(stormglass::failure(answer.error()));
    if (!whole)
        return go(Step::Failed, whole.error().message);
    m_report = *whole;
    if (whole->status == RehearsalStatus::Failed)
        return go(Step::Failed, whole->message);
    go(whole->status == RehearsalStatus::Running ? Step::Running : Step::Ended);
}

} // namespace stormglass::ui
