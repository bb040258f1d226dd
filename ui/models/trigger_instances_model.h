#pragma once

#include "ui/models/live_model.h"
#include "ui/models/trigger_names.h"
#include "ui/models/verdict_view.h"

#include <QTimeZone>

namespace stormglass::ui {

// The wire: what happened, newest first, with what every rule said of it.
class TriggerInstancesModel : public LiveModel
{
    Q_OBJECT

public:
    enum Column { Time, Trigger, Summary, Verdicts, ColumnCount };

    TriggerInstancesModel(Connection &connection, Feed &feed, TriggerNames &names,
                          QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setZone(const QTimeZone &zone);
    // Nothing where they are not known yet; `wantVerdicts` asks for them, a few at a time.
    const std::vector<VerdictView> *verdicts(const QString &id) const;
    void wantVerdicts(const QString &id);
    // What every rule made of it, as far as it is known; for strips, which need no reasons.
    std::vector<VerdictKind> kinds(const Value &value) const;
    void wantMarks(const QString &id);
    bool isAskingVerdicts() const { return !m_asking.isEmpty(); }
    QString triggerType(const Value &value) const;

    static QStringList filterFields();

signals:
    void verdictsChanged(const QString &id);

protected:
    QString text(const Value &value, int column) const override;
    Value filtered(const Value &value) const override;
    void takeOther(const Change &change) override;
    void forget(const QString &id) override;

private:
    void askVerdicts();

    TriggerNames &m_names;
    QTimeZone m_zone;
    QHash<QString, std::vector<VerdictView>> m_verdicts;
    // What is asked for next; the newest wish first.
    QStringList m_wanted;
    QStringList m_asking;
};

} // namespace stormglass::ui
