#pragma once

#include "engine/host/engine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <future>

namespace stormglass {

// A real engine over folders of its own, without HTTP, in which packs come, change and go. Only for
// tests that link engine/host.
class EngineSite
{
public:
    EngineSite()
    {
        m_settings.dataFolder = m_folder.path();
        m_settings.packFolders = {m_folder.filePath(QStringLiteral("packs"))};
        m_settings.pythonFolder = QStringLiteral(SG_SOURCE_DIR "/resources/python");
        m_settings.requireCredential = false;
        m_settings.listenAddress.clear();
        QDir(m_folder.path()).mkpath(QStringLiteral("packs"));
    }

    // Returns once the packs there are have been registered.
    void start()
    {
        Result<std::unique_ptr<Engine>> engine = Engine::start(m_settings, m_clock);
        if (!engine)
            qFatal("%s", qPrintable(engine.error().message));
        m_engine = std::move(*engine);
        m_engine->settle();
    }
    void stop() { m_engine.reset(); }

    void write(const QString &path, const QByteArray &text)
    {
        const QString file = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("%s cannot be written", qPrintable(file));
    }
    // A manifest, and nothing else.
    void writePack(const QString &name)
    {
        write(QStringLiteral("packs/%1/pack.yaml").arg(name),
              "name: a pack\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n");
    }
    bool removeFile(const QString &path) { return QFile::remove(m_folder.filePath(path)); }
    void remove(const QString &path) { QDir(m_folder.filePath(path)).removeRecursively(); }

    Result<Response> ask(Verb verb, const QString &path, const Value &body = {})
    {
        std::promise<Result<Response>> answered;
        Request request;
        request.verb = verb;
        request.path = QStringLiteral("/api/v1/") + path;
        request.body = body;
        m_engine->handle(request,
                         [&](Result<Response> answer) { answered.set_value(std::move(answer)); });
        return answered.get_future().get();
    }
    // The document of the answer, or its error as a text.
    Value get(const QString &path) { return document(ask(Verb::Get, path)); }
    Value post(const QString &path, const Value &body = {})
    {
        return document(ask(Verb::Post, path, body));
    }

private:
    static Value document(const Result<Response> &answer)
    {
        return answer ? answer->body : Value(answer.error().message);
    }

    SystemClock m_clock;
    QTemporaryDir m_folder;
    Settings m_settings;
    std::unique_ptr<Engine> m_engine;
};

} // namespace stormglass
