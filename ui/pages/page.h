#pragma once

#include "ui/models/filter.h"
#include "ui/models/session.h"

#include <QWidget>

class QSettings;

namespace stormglass::ui {

// Somewhere to go: a page, perhaps a row of it, perhaps with a filter.
struct Place
{
    QString page;
    QString id = {};
    QString filter = {};
    // What a form there begins with.
    Value values = {};

    friend bool operator==(const Place &, const Place &) = default;
};

struct KeyHelp
{
    QString keys;
    QString meaning;
};

// One place of the navigation. It shows models and sends requests; it decides nothing.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(Session &session, QString name, QWidget *parent = nullptr);

    QString name() const { return m_name; }
    virtual QString title() const = 0;
    virtual QString glyph() const { return m_name; }
    // What is shown of the page, outermost first.
    virtual QStringList crumbs() const { return {}; }
    virtual void open(const Place &place) { Q_UNUSED(place) }
    // What the keyboard does here, for the help.
    const QList<KeyHelp> &keys() const { return m_keys; }
    // Everything it asked for has been answered.
    virtual bool isSettled() const { return true; }
    // How many things here want a person.
    virtual int wanting() const { return 0; }

    // Empty where the page has nothing to filter.
    virtual QString filterHint() const { return {}; }
    virtual QStringList filterFields() const { return {}; }
    virtual QHash<QString, QStringList> filterValues() const { return {}; }
    const QString &filterText() const { return m_filterText; }
    // Applies it where it is right or empty; otherwise the last right one stays.
    ParsedFilter setFilterText(const QString &text);

    virtual void save(QSettings &settings) const { Q_UNUSED(settings) }
    virtual void restore(const QSettings &settings) { Q_UNUSED(settings) }

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void crumbsChanged();
    void filterChanged();
    void wantingChanged();

protected:
    virtual void applyFilter(const Filter &filter) { Q_UNUSED(filter) }
    // A key of the page, wherever in it the focus is; fields that take text keep their letters.
    void addKey(const QKeySequence &key, const QString &meaning, std::function<void()> act);
    // One that a control of the page handles by itself.
    void noteKey(const QString &keys, const QString &meaning) { m_keys.append({keys, meaning}); }
    // Adds a condition to what is filtered by already.
    void narrow(const QString &field, const Value &value);
    Session &session() const { return m_session; }
    Timestamp now() const { return m_session.connection.clock().now(); }

private:
    Session &m_session;
    QString m_name;
    QString m_filterText;
    QList<KeyHelp> m_keys;
};

} // namespace stormglass::ui
