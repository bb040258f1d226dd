#pragma once

#include "ui/pages/page.h"

class QGridLayout;
class QScrollArea;

namespace stormglass::ui {

class BriefList;
class Card;
class ErrorBanner;
class Sparkline;
class StackedBars;
class Text;
class WelcomeCard;

// What is happening now, in tiles; each leads to the page behind it. Everything comes from the
// stream.
class NowPage : public Page
{
    Q_OBJECT

public:
    explicit NowPage(Session &session, QWidget *parent = nullptr);

    QString title() const override { return tr("Now"); }
    void open(const Place &) override { refresh(); }
    bool isSettled() const override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void listen();
    void buildTiles();
    void arrange();
    void tintBars();
    void refresh();
    void refreshRate();
    void refreshEngine();
    // Older executions, until those of an hour are there or enough of them.
    void lookFurther();
    void refreshExecutions();
    void refreshSlowest(const std::vector<Value> &executions);
    void refreshRules(const std::vector<Value> &executions);
    void refreshFailures(const std::vector<Value> &executions);
    void refreshSensors();
    void refreshEvents();
    Card *tile(const QString &title, const QString &page, QWidget *content,
               const QString &filter = {});
    BriefList *brief(const QString &name);

    bool coversTheHour() const;

    // Of its own: those of the other pages hold what their filters leave.
    ExecutionsModel m_executions;
    TriggerInstancesModel m_arrivals;
    WelcomeCard *m_welcome;
    ErrorBanner *m_error;
    QGridLayout *m_grid;
    QScrollArea *m_scroll = nullptr;
    QList<Card *> m_tiles;
    Text *m_rate;
    Text *m_rateNote;
    Sparkline *m_line;
    StackedBars *m_bars;
    Text *m_barsNote;
    BriefList *m_engine;
    BriefList *m_slowest;
    BriefList *m_rules;
    BriefList *m_failures;
    BriefList *m_sensors;
    BriefList *m_events;
    int m_columns = 0;
    bool m_isDismissed = false;
};

} // namespace stormglass::ui
