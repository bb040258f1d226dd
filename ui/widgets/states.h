#pragma once

#include "ui/theme/tokens.h"

#include <QStackedWidget>

class QLabel;

namespace stormglass::ui {

class Button;
class Text;

// What an empty page says: what it is for, and the first step.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    void show(const QString &glyph, const QString &title, const QString &text,
              Tone tone = Tone::Faint);
    using QWidget::show;
    // The first step; an empty text takes it away.
    void setStep(const QString &text, const QString &glyph = {});

signals:
    void stepTaken();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    QString m_glyph;
    Tone m_tone = Tone::Faint;
    QLabel *m_picture;
    Text *m_title;
    Text *m_text;
    Button *m_step;
};

// What failed, why, and the remedy, where it was caused.
class ErrorBanner : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);
    void showError(const QString &what, const QString &why);
    void clear();
    void setRetry(bool offered);
    QString text() const;

signals:
    void retried();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Text *m_what;
    Text *m_why;
    Button *m_retry;
};

// A list, or what stands in its place while it is asked for, where there is nothing, or where
// asking failed.
class States : public QStackedWidget
{
    Q_OBJECT

public:
    explicit States(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showBusy(const QString &text);
    void showFailure(const QString &what, const QString &why);
    void showEmpty();
    EmptyState &empty() { return *m_empty; }
    bool isBusy() const;
    bool isContent() const;

signals:
    void retried();

private:
    QWidget *m_content;
    EmptyState *m_empty;
    EmptyState *m_busy;
    EmptyState *m_failure;
};

} // namespace stormglass::ui
