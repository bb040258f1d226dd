#pragma once

#include "tests/scenarios/scenario_daemon.h"

#include <QTemporaryDir>

namespace stormglass {

// A daemon whose packs come from repositories that a test makes.
class PackBench
{
public:
    PackBench();

    ScenarioDaemon &daemon() { return m_daemon; }
    QString path(const QString &below) const { return m_folder.filePath(below); }
    // Below a folder of its own.
    void write(const QString &below, const QByteArray &text) const;
    // A pack with an action `say` that prints its version, and with more files.
    void writePack(const QString &name, const QString &version, const QByteArray &more = {}) const;
    // The same, committed as that version.
    void release(const QString &name, const QString &version, const QByteArray &more = {}) const
    {
        writePack(name, version, more);
        commit(name, u'v' + version);
    }
    // Makes a repository of a folder, or a further commit in it, with a tag.
    void commit(const QString &name, const QString &tag) const;
    QString url(const QString &name) const { return QStringLiteral("file://") + path(name); }
    // A wheel of a module `tiny` whose value is its version.
    void writeWheel(const QString &version) const;
    // stormglass.yaml of the daemon.
    Result<> start(const QByteArray &settings = {});

    Result<Value> send(Verb verb, const QString &path, const Value &body = Value::map());
    // Until it is planned or over.
    Result<Value> plan(const QString &kind, const QStringList &packs,
                       const Value &more = Value::map());
    // Until it is over.
    Result<Value> carryOut(const Value &operation);
    Result<Value> install(const QStringList &packs)
    {
        return done(QStringLiteral("install"), packs);
    }
    Result<Value> done(const QString &kind, const QStringList &packs);
    Result<Value> waitForOperation(const QString &id, const QStringList &states);
    Result<Value> run(const QString &action, const Value &parameters = Value::map());
    Result<Value> waitForExecution(const QString &id);

    static void program(const QString &program, const QStringList &arguments,
                        const QString &folder);

private:
    QTemporaryDir m_folder;
    ScenarioDaemon m_daemon;
};

} // namespace stormglass
