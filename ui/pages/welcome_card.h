#pragma once

#include "ui/pages/page.h"
#include "ui/widgets/card.h"

class QProgressBar;

namespace stormglass::ui {

class CopyLine;
class Text;

// What a person meets first: a timer that ticks, a file to write to, a webhook to call, each with
// when it was seen last.
class WelcomeCard : public Card
{
    Q_OBJECT

public:
    // Both borrowed; it says of `events` which of them were seen.
    WelcomeCard(Session &session, const TriggerInstancesModel &events, QWidget *parent = nullptr);

    // False where the engine offers nothing to begin with.
    bool isOffered() const;
    void refresh();

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void dismissed();

private:
    struct Step
    {
        Text *seen;
        QString trigger;
        // What it is, where that depends on the engine.
        Text *words = nullptr;
        std::optional<Timestamp> last = {};
    };
    QWidget *column(const QString &glyph, const QString &title, const QString &text,
                    QWidget *content, Step &step);
    void showSteps();
    void askSeen(Step &step);
    void note(const Value &event);
    void showSeen(const Step &step);

    Session &m_session;
    const TriggerInstancesModel &m_events;
    Step m_timer;
    Step m_file;
    Step m_webhook;
    bool m_isAsked = false;
    QProgressBar *m_progress;
    CopyLine *m_append;
    CopyLine *m_curl;
};

} // namespace stormglass::ui
