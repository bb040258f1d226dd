#pragma once

#include <QApplication>

#include <ctime>

namespace stormglass::ui {

// Tells how long the window's thread was held by the longest single event. It is the thread's own
// time, so a busy machine makes nothing longer; what waits for something else would not be seen,
// and must not be there at all.
class MeteredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    void forget()
    {
        m_longest = 0;
        m_what.clear();
    }
    double longestMilliseconds() const { return m_longest; }
    // Which event of whom it was.
    const QString &what() const { return m_what; }

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        // Afterwards either may be gone.
        const QString whom = QString::fromLatin1(receiver->metaObject()->className());
        const int type = event->type();
        ++m_depth;
        const double before = threadMilliseconds();
        const bool isTaken = QApplication::notify(receiver, event);
        const double took = threadMilliseconds() - before;
        --m_depth;
        if (took > m_longest) {
            m_longest = took;
            m_what = QStringLiteral("event %1 of %2").arg(type).arg(whom);
        }
        return isTaken;
    }

private:
    static double threadMilliseconds()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }

    int m_depth = 0;
    double m_longest = 0;
    QString m_what;
};

} // namespace stormglass::ui
