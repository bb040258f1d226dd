#pragma once

#include "ui/pages/page.h"

#include "engine/model/rehearsal_report.h"
#include "ui/theme/tokens.h"

class QVBoxLayout;

namespace stormglass::ui {

class StackedBars;
class Text;

// What a rehearsal has found: in a sentence, along time, and event by event.
class RehearsalFindings : public QWidget
{
    Q_OBJECT

public:
    explicit RehearsalFindings(Session &session, QWidget *parent = nullptr);
    void show(const RehearsalReport &report);
    using QWidget::show;

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    Timestamp now() const;
    void showTimeline(const RehearsalReport &report);
    void addErrors(const RehearsalReport &report);
    void addNearMisses(const RehearsalReport &report);
    void addMarks(const RehearsalReport &report);
    // A line about one event that leads to it.
    void addEvent(const Id &triggerInstance, Timestamp time, const QString &words, Tone tone,
                  const QString &more);

    Session &m_session;
    Text *m_sentence;
    Text *m_compared;
    StackedBars *m_timeline;
    QVBoxLayout *m_lists;
};

} // namespace stormglass::ui
