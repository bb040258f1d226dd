#include "engine/base/json.h"
#include "tests/conformance/corpus_kinds.h"
#include "tests/conformance/deviations.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <span>
#include <string>

using namespace stormglass;

namespace {

struct Count
{
    int passed = 0;
    int failed = 0;
    int deviating = 0;
};

std::string described(const Count &count)
{
    std::string text
        = std::to_string(count.passed) + " passed, " + std::to_string(count.failed) + " failed";
    if (count.deviating > 0)
        text += ", " + std::to_string(count.deviating) + " deviate";
    return text;
}

enum class Shows { Counts, Failures };

class Replay
{
public:
    Replay(const Deviations &deviations, Shows shows)
        : m_deviations(deviations)
        , m_shows(shows)
    {
    }

    Result<Count> file(const QString &path) const
    {
        const std::string corpus = QFileInfo(path).baseName().toStdString();
        const ReplayCase replay = replayOf(corpus);
        if (!replay)
            return failure(ErrorCode::Invalid,
                           QStringLiteral("%1: there is no corpus of this kind.").arg(path));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorCode::NotFound, QStringLiteral("%1 cannot be read.").arg(path));
        Count count;
        for (int number = 1; !file.atEnd(); ++number) {
            const std::string line = file.readLine().trimmed().toStdString();
            if (line.empty())
                continue;
            const Result<Value> recorded = readJson(line, {.allowNonFinite = true});
            if (!recorded)
                return failure(ErrorCode::Invalid,
                               QStringLiteral("%1:%2: %3")
                                   .arg(path)
                                   .arg(number)
                                   .arg(recorded.error().message));
            one(corpus, *recorded, replay(*recorded), count);
        }
        return count;
    }

private:
    void one(std::string_view corpus, const Value &recorded, const CaseVerdict &verdict,
             Count &count) const
    {
        if (verdict.isPassed) {
            ++count.passed;
            return;
        }
        if (m_deviations.cover(corpus, recorded)) {
            ++count.deviating;
            return;
        }
        ++count.failed;
        if (m_shows == Shows::Failures)
            std::printf("%s\n  expected %s\n  got      %s\n",
                        recorded["id"].toQStringOr(QStringLiteral("?")).toUtf8().constData(),
                        verdict.expected.c_str(), verdict.got.c_str());
    }

    const Deviations &m_deviations;
    const Shows m_shows;
};

int printKinds()
{
    for (const std::string_view kind : corpusKinds())
        std::printf("%.*s\n", static_cast<int>(kind.size()), kind.data());
    return 0;
}

int complain(const Error &error)
{
    std::fprintf(stderr, "%s\n", error.message.toUtf8().constData());
    return 2;
}

} // namespace

// stormglass-conformance [--failures] FILE… | --kinds: 0 if none failed, 1 if some did, 2 if it
// could not tell.
int main(int argc, char **argv)
{
    const std::span arguments(argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0));
    Shows shows = Shows::Counts;
    std::vector<QString> files;
    for (const char *const argument : arguments) {
        if (std::string_view(argument) == "--failures")
            shows = Shows::Failures;
        else if (std::string_view(argument) == "--kinds")
            return printKinds();
        else
            files.push_back(QString::fromLocal8Bit(argument));
    }
    if (files.empty()) {
        std::fprintf(stderr, "usage: stormglass-conformance [--failures] FILE... | --kinds\n");
        return 2;
    }
    const Result<Deviations> deviations = Deviations::read(QStringLiteral(SG_DEVIATIONS));
    if (!deviations)
        return complain(deviations.error());
    Count total;
    for (const QString &file : files) {
        const Result<Count> count = Replay(*deviations, shows).file(file);
        if (!count)
            return complain(count.error());
        std::printf("%s: %s\n", QFileInfo(file).fileName().toUtf8().constData(),
                    described(*count).c_str());
        total.passed += count->passed;
        total.failed += count->failed;
        total.deviating += count->deviating;
    }
    std::printf("%s\n", described(total).c_str());
    return total.failed == 0 ? 0 : 1;
}
