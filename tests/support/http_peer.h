#pragma once

#include "engine/processes/launcher.h"

#include <QString>

namespace stormglass {

// tests/support/http_peer.py, answering on a port of loopback while this lives.
// Thread: the test's; the reactor must not be running yet.
class HttpPeer
{
public:
    HttpPeer(Reactor &reactor, Launcher &launcher)
    {
        ProcessSpec spec;
        spec.program = QStringLiteral("/usr/bin/python3");
        spec.arguments
            = {QStringLiteral("-u"), QStringLiteral(SG_SOURCE_DIR "/tests/support/http_peer.py")};
        spec.keepInputOpen = true;
        const auto started
            = launcher.start(std::move(spec),
                             {[this, &reactor](OutputStream, const QByteArray &text) {
                                  m_said += text;
                                  if (m_said.endsWith('\n'))
                                      reactor.stop();
                              },
                              [](ProcessExit) {}});
        if (!started)
            qFatal("no peer: %s", qPrintable(started.error().message));
        reactor.run();
        m_port = m_said.trimmed().toInt();
        if (m_port == 0)
            qFatal("no peer: %s", m_said.constData());
    }
    QString url(const QString &path = {}) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path);
    }
    int port() const { return m_port; }

private:
    QByteArray m_said;
    int m_port = 0;
};

} // namespace stormglass
