#include "ui/pages/verdict_list.h"

#include "ui/models/catalogue_model.h"
#include "ui/models/operators.h"
#include "ui/models/summary.h"
#include "ui/pages/layouts.h"
#include "ui/pages/looks.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

// The glyph of a state, at the left of a row.
class Sign final : public QWidget
{
public:
    Sign(StateLook look, int size)
        : m_look(std::move(look))
    {
        setFixedSize(size, size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintGlyph(painter, rect(), m_look.glyph, tokensOf(this).of(m_look.tone));
    }

private:
    StateLook m_look;
};

// One verdict; all but the first draw a line above.
class Row final : public QWidget
{
public:
    explicit Row(bool isFirst)
        : m_isFirst(isFirst)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (m_isFirst)
            return;
        QPainter painter(this);
        painter.fillRect(0, 0, width(), 1, tokensOf(this).line);
    }

private:
    bool m_isFirst;
};

QHBoxLayout *condition(const StateLook &look, const QString &text, Tone tone)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(new Sign(look, 14), 0, Qt::AlignTop);
    auto *words = new Text(text, Face::Code, tone);
    words->setWrapping();
    words->setCopyable();
    line->addWidget(words, 1);
    return line;
}

QString conditionText(const QString &path, const QString &operatorName, const Value &pattern)
{
    return path + QLatin1Char(' ') + operatorWords(operatorName) + QLatin1Char(' ')
        + shortText(pattern);
}

void addAdvice(QVBoxLayout &layout, const VerdictView &verdict)
{
    for (const QString &sentence : verdictAdvice(verdict)) {
        auto *line = new Text(sentence, Face::Small, Tone::Muted);
        line->setWrapping();
        line->setCopyable();
        layout.addWidget(line);
    }
}

} // namespace

VerdictList::VerdictList(const CatalogueModel &rules, QWidget *parent)
    : QFrame(parent)
    , m_rules(rules)
    , m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("What the rules said"));
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void VerdictList::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                            metrics::radius);
}

void VerdictList::show(const std::vector<VerdictView> &verdicts)
{
    clearLayout(*m_layout);
    bool isOpened = false;
    for (const VerdictView &verdict : verdicts) {
        const bool opens = !isOpened && verdict.kind != VerdictKind::Matched
            && verdict.kind != VerdictKind::Disabled;
        m_layout->addWidget(makeRow(verdict, opens, m_layout->count() == 0));
        isOpened = isOpened || opens;
    }
}

QWidget *VerdictList::makeRow(const VerdictView &verdict, bool opened, bool first)
{
    auto *row = new Row(first);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(12, 9, 12, 9);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    auto *name = new LinkButton(verdict.ruleRef);
    name->setQuiet();
    const QString ref = verdict.ruleRef;
    connect(name, &QAbstractButton::clicked, this, [this, ref] { emit ruleWanted(ref); });
    head->addWidget(new Sign(lookOf(verdict.kind), 16));
    head->addWidget(name);
    head->addWidget(new Text(verdictWord(verdict.kind), Face::Small, Tone::Muted));
    head->addStretch(1);
    auto *fold
        = new IconButton(QStringLiteral("chevron-right"), tr("Show the conditions of %1").arg(ref));
    fold->setFixedSize(22, 22);
    head->addWidget(fold);
    layout->addLayout(head);
    auto *inside = new QWidget;
    auto *below = new QVBoxLayout(inside);
    below->setContentsMargins(24, 2, 0, 4);
    below->setSpacing(5);
    addConditions(*below, verdict);
    layout->addWidget(inside);
    const auto show = [inside, fold](bool shown) {
        inside->setVisible(shown);
        fold->setGlyph(shown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
    };
    connect(fold, &QAbstractButton::clicked, inside, [inside, show] { show(inside->isHidden()); });
    show(opened);
    return row;
}

void VerdictList::addConditions(QVBoxLayout &layout, const VerdictView &verdict) const
{
    const Value *rule = m_rules.find(verdict.ruleRef);
    const bool isFailed
        = verdict.kind == VerdictKind::NotMatched || verdict.kind == VerdictKind::Error;
    bool isReached
        = verdict.kind != VerdictKind::Disabled && verdict.kind != VerdictKind::NotNeeded;
    bool isShown = false;
    for (const ValueMap::Entry &entry : rule ? (*rule)["criteria"].entriesOrNone() : ValueMap()) {
        const QString path = entry.key.isText() ? entry.key.toQString() : QString();
        const QString text
            = conditionText(path, entry.value["type"].toQStringOr({}), entry.value["pattern"]);
        const bool isCulprit = isFailed && path == verdict.criterion;
        if (isCulprit)
            layout.addLayout(condition({QStringLiteral("close"), Tone::Bad}, text, Tone::Text));
        else if (isReached)
            layout.addLayout(condition({QStringLiteral("check"), Tone::Good}, text, Tone::Text));
        else
            layout.addLayout(condition({QStringLiteral("minus"), Tone::Faint}, text, Tone::Faint));
        if (isCulprit) {
            const QString met = verdict.kind == VerdictKind::Error
                ? verdict.message
                : tr("it was %1").arg(shortText(verdict.actual));
            auto *text2 = new Text(met, Face::Small, Tone::Bad);
            text2->setWrapping();
            text2->setCopyable();
            text2->setContentsMargins(22, 0, 0, 2);
            layout.addWidget(text2);
            isReached = false;
            isShown = true;
        }
    }
    if (isShown)
        return addAdvice(layout, verdict);
    auto *reason
        = new Text(verdictReason(verdict), Face::Small, isFailed ? Tone::Bad : Tone::Muted);
    reason->setWrapping();
    reason->setCopyable();
    layout.addWidget(reason);
    addAdvice(layout, verdict);
}

} // namespace stormglass::ui
