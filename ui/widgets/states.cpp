#include "ui/widgets/states.h"

#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace stormglass::ui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_picture(new QLabel)
    , m_title(new Text({}, Face::Heading))
    , m_text(new Text({}, Face::Body, Tone::Muted))
    , m_step(new Button({}, {}, Emphasis::Primary))
{
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setTextFormat(Qt::PlainText);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWrapping();
    m_text->setMaximumWidth(420);
    m_text->setMinimumWidth(200);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_picture, 0, Qt::AlignCenter);
    layout->addSpacing(4);
    layout->addWidget(m_title);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_text, 4);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addSpacing(8);
    layout->addWidget(m_step, 0, Qt::AlignCenter);
    layout->addStretch(3);
    m_step->hide();
    connect(m_step, &QPushButton::clicked, this, &EmptyState::stepTaken);
}

void EmptyState::show(const QString &glyphName, const QString &title, const QString &text,
                      Tone tone)
{
    m_tone = tone;
    m_glyph = glyphName;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    refresh();
}

void EmptyState::setStep(const QString &text, const QString &glyphName)
{
    m_step->setText(text);
    m_step->setGlyph(glyphName);
    m_step->setVisible(!text.isEmpty());
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

void EmptyState::refresh()
{
    m_picture->setPixmap(
        glyph(m_glyph, tokensOf(this).of(m_tone), 36, qMax(2.0, devicePixelRatioF())));
}

ErrorBanner::ErrorBanner(QWidget *parent)
    : QWidget(parent)
    , m_what(new Text({}, Face::Strong))
    , m_why(new Text({}, Face::Body, Tone::Muted))
    , m_retry(new Button(tr("Try again"), QStringLiteral("refresh")))
{
    m_what->setWrapping();
    m_why->setWrapping();
    m_why->setCopyable();
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_what);
    texts->addWidget(m_why);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(40, 10, 10, 10);
    layout->setSpacing(12);
    layout->addLayout(texts, 1);
    layout->addWidget(m_retry, 0, Qt::AlignTop);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_retry, &QPushButton::clicked, this, &ErrorBanner::retried);
    m_retry->hide();
    hide();
}

void ErrorBanner::showError(const QString &what, const QString &why)
{
    m_text = what + QLatin1Char('\n') + why;
    m_what->setText(breakable(what));
    m_why->setText(breakable(why));
    m_why->setVisible(!why.isEmpty());
    setAccessibleName(text());
    show();
}

void ErrorBanner::clear()
{
    hide();
}

void ErrorBanner::setRetry(bool offered)
{
    m_retry->setVisible(offered);
}

QString ErrorBanner::text() const
{
    return m_text;
}

void ErrorBanner::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(tokens.soft(Tone::Bad));
    painter.setPen(mixed(tokens.bad, tokens.surface, 0.35));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                            metrics::radius);
    paintGlyph(painter, QRect(14, 11, 16, 16), QStringLiteral("error"), tokens.bad);
}

States::States(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_content(content)
    , m_empty(new EmptyState)
    , m_busy(new EmptyState)
    , m_failure(new EmptyState)
{
    addWidget(m_content);
    addWidget(m_empty);
    addWidget(m_busy);
    addWidget(m_failure);
    m_failure->setStep(tr("Try again"), QStringLiteral("refresh"));
    connect(m_failure, &EmptyState::stepTaken, this, &States::retried);
}

void States::showContent()
{
    setCurrentWidget(m_content);
}

void States::showBusy(const QString &text)
{
    m_busy->show(QStringLiteral("timeout"), text, {});
    setCurrentWidget(m_busy);
}

void States::showFailure(const QString &what, const QString &why)
{
    m_failure->show(QStringLiteral("error"), what, why, Tone::Bad);
    setCurrentWidget(m_failure);
}

void States::showEmpty()
{
    setCurrentWidget(m_empty);
}

bool States::isContent() const
{
    return currentWidget() == m_content;
}

bool States::isBusy() const
{
    return currentWidget() == m_busy;
}

} // namespace stormglass::ui
