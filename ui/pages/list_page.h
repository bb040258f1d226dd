#pragma once

#include "ui/pages/page.h"

class QHBoxLayout;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace stormglass::ui {

class EmptyState;
class LinkButton;
class NoticeBar;
class States;
class Text;

// A page with a list at the left and what is chosen at the right, a bar above, and states for a
// list that is asked for, empty or missing.
class ListPage : public Page
{
    Q_OBJECT

public:
    ListPage(Session &session, const QString &name, QWidget *parent = nullptr);

    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

protected:
    // Called once by the constructor of the page.
    void build(QWidget *list, QWidget *detail, int listShare, int detailShare);
    QHBoxLayout &bar() const { return *m_bar; }
    States &states() const { return *m_states; }
    // Shows the detail, or an invitation to choose something.
    void showDetail(bool chosen);
    void invite(const QString &glyph, const QString &title, const QString &text);
    void showState(Loading loading, const Error &error, bool isEmpty, const QString &what);
    // The same for a list that may still be looking for what its filter lets through.
    void showState(const LiveModel &model, const QString &what);
    // `all`: what there is without a filter.
    static QString countsOf(const LiveModel &model, const QString &all);
    // What an empty list says while its filter holds, and that one may look further.
    static void showNoMatch(EmptyState &empty, const LiveModel &model, const QString &title);
    Text &count() const { return *m_count; }
    // Puts the count into the bar, and beside it the way on for a search that has stopped.
    void addCount(LiveModel &model);
    // Across the page, for what has just been done and can be undone.
    NoticeBar &notice() const { return *m_notice; }
    // `copy value`, `filter by` and the like for one row; `value` is what the cell stands for.
    void addValueActions(QMenu &menu, const QString &field, const Value &value,
                         const Value &record);

    virtual void reload() = 0;
    // What the page says while there is nothing, with a filter and without.
    virtual void fillEmpty(EmptyState &empty) = 0;

private:
    void takeFocus();

    QHBoxLayout *m_bar;
    NoticeBar *m_notice;
    Text *m_count;
    // Only of a list that is looked through a part at a time.
    LinkButton *m_further = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_side = nullptr;
    States *m_states = nullptr;
    EmptyState *m_invitation = nullptr;
};

} // namespace stormglass::ui
