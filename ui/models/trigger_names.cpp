#include "ui/models/trigger_names.h"

#include "ui/models/summary.h"

namespace stormglass::ui {

TriggerNames::TriggerNames(Connection &connection, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
}

QString TriggerNames::typeOf(const QString &trigger) const
{
    const auto found = m_triggers.constFind(trigger);
    return found == m_triggers.constEnd() ? trigger : (*found)["type"].toQStringOr(trigger);
}

QString TriggerNames::parametersOf(const QString &trigger) const
{
    return summaryOf(m_triggers.value(trigger)["parameters"], 80);
}

void TriggerNames::learn(const QString &trigger)
{
    if (!m_triggers.contains(trigger) && !m_unknown.contains(trigger) && !m_isAsking) {
        m_unknown.insert(trigger, true);
        load();
    }
}

void TriggerNames::load()
{
    m_isAsking = true;
    m_connection.list(QStringLiteral("/triggers"), {},
                      Reply<Listing>(this, [this](Result<Listing> page) {
                          m_isAsking = false;
                          if (!page)
                              return;
                          for (const Value &trigger : page->items)
                              m_triggers.insert(trigger["ref"].toQStringOr({}), trigger);
                          emit learned();
                      }));
}

} // namespace stormglass::ui
