#pragma once

#include "engine/instance/instance.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace stormglass {

// The daemon as a child process with a data folder of its own, asked over HTTP.
class ScenarioDaemon
{
public:
    ScenarioDaemon();
    ~ScenarioDaemon();

    QString path(const QString &below) const { return m_folder.filePath(below); }
    Result<> write(const QString &below, const QByteArray &text,
                   QIODevice::OpenMode mode = QIODevice::WriteOnly) const;
    QStringList linesOf(const QString &below) const;

    // Returns once it said that it is ready; the error holds what it said instead.
    Result<> start();
    // SIGKILL, and gone.
    void kill();
    // SIGTERM; whether it ended by itself with status 0 in time.
    bool terminate();

    Result<Response> call(Request request);
    Result<Value> get(const QString &path, std::vector<std::pair<QString, QString>> query = {});
    // How many there are, whatever a page holds; -1 where nothing is answered.
    std::int64_t count(const QString &path, std::vector<std::pair<QString, QString>> query = {});
    QString url() const { return m_url; }
    QString key() const { return m_key; }
    qint64 processId() const { return m_process.processId(); }

    // Runs the program to its end: standard output, or an error with what it complained of.
    static Result<QString> run(const QStringList &arguments);

private:
    QTemporaryDir m_folder;
    QString m_key;
    QString m_url;
    QProcess m_process;
    std::unique_ptr<Instance> m_instance;
};

} // namespace stormglass
