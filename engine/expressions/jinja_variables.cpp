#include "engine/expressions/jinja_variables.h"

#include <algorithm>
#include <memory>
#include <set>

namespace stormglass {

namespace {

// What happens to names in one scope, in order. Inner scopes are looked at when the outer one is
// done: they see all its names, later ones too.
struct ScopeTrace
{
    enum class Kind { Reads, Writes, Branches };
    struct Event
    {
        Kind kind;
        std::string name = {};
        // Of Branches: what each does.
        std::vector<std::vector<Event>> branches = {};
    };
    std::vector<Event> events;
    std::vector<std::unique_ptr<ScopeTrace>> inner;
};

class Tracer final : public NodeVisitor
{
public:
    Tracer() { m_open.push_back({&m_root, {&m_root.events}}); }

    void reads(std::string_view name, Position) override
    {
        events().push_back({ScopeTrace::Kind::Reads, std::string(name)});
    }
    void writes(std::string_view name, Position) override
    {
        events().push_back({ScopeTrace::Kind::Writes, std::string(name)});
    }
    void opensScope() override
    {
        ScopeTrace &outer = *m_open.back().scope;
        outer.inner.push_back(std::make_unique<ScopeTrace>());
        ScopeTrace *const scope = outer.inner.back().get();
        m_open.push_back({scope, {&scope->events}});
    }
    void closesScope() override { m_open.pop_back(); }
    void opensBranches(std::size_t count) override
    {
        events().push_back({ScopeTrace::Kind::Branches, {}, {}});
        events().back().branches.resize(count);
        m_branches.push_back(&events().back());
    }
    void opensBranch(std::size_t number) override
    {
        m_open.back().events.push_back(&m_branches.back()->branches[number]);
    }
    void closesBranch() override { m_open.back().events.pop_back(); }
    void closesBranches() override { m_branches.pop_back(); }

    const ScopeTrace &root() const { return m_root; }

private:
    struct Open
    {
        ScopeTrace *scope;
        std::vector<std::vector<ScopeTrace::Event> *> events;
    };
    std::vector<ScopeTrace::Event> &events() { return *m_open.back().events.back(); }

    ScopeTrace m_root;
    std::vector<Open> m_open;
    // Borrowed from the events; a branch's own list grows while the outer one rests.
    std::vector<ScopeTrace::Event *> m_branches;
};

using Names = std::set<std::string, std::less<>>;

class NameResolver
{
public:
    void visit(const ScopeTrace &scope, const std::vector<const Names *> &outer)
    {
        Names stored;
        Names known;
        events(scope.events, outer, stored, known);
        // A name that was only read is taken from the context for the scopes inside too.
        std::vector<const Names *> all = outer;
        known.insert(stored.begin(), stored.end());
        all.push_back(&known);
        for (const auto &inner : scope.inner)
            visit(*inner, all);
    }

    std::vector<std::string> undeclared;

private:
    void resolve(const std::string &name)
    {
        if (std::ranges::find(undeclared, name) == undeclared.end())
            undeclared.push_back(name);
    }

    static bool isKnown(const std::vector<const Names *> &outer, const std::string &name)
    {
        return std::ranges::any_of(outer,
                                   [&](const Names *names) { return names->contains(name); });
    }

    void events(const std::vector<ScopeTrace::Event> &list, const std::vector<const Names *> &outer,
                Names &stored, Names &known)
    {
        for (const ScopeTrace::Event &event : list) {
            switch (event.kind) {
            case ScopeTrace::Kind::Reads:
                if (!stored.contains(event.name) && !known.contains(event.name)
                    && !isKnown(outer, event.name))
                    resolve(event.name);
                known.insert(event.name);
                break;
            case ScopeTrace::Kind::Writes:
                stored.insert(event.name);
                break;
            case ScopeTrace::Kind::Branches:
                branches(event, outer, stored, known);
                break;
            }
        }
    }

    // What one branch sets and another does not may still come from the context.
    void branches(const ScopeTrace::Event &event, const std::vector<const Names *> &outer,
                  Names &stored, Names &known)
    {
        const Names before = stored;
        std::vector<Names> after;
        for (const auto &branch : event.branches) {
            Names storedHere = before;
            events(branch, outer, storedHere, known);
            after.push_back(storedHere);
        }
        for (const Names &names : after)
            stored.insert(names.begin(), names.end());
        for (const std::string &name : stored) {
            const bool isInAll = std::ranges::all_of(
                after, [&](const Names &names) { return names.contains(name); });
            if (!isInAll && !isKnown(outer, name))
                resolve(name);
        }
    }
};

} // namespace

std::vector<std::string> undeclaredVariables(const Program &program, const Value &globals)
{
    Tracer tracer;
    program.visit(tracer);
    NameResolver resolver;
    resolver.visit(tracer.root(), {});
    std::erase_if(resolver.undeclared, [&](const std::string &name) { return globals.find(name); });
    return resolver.undeclared;
}

} // namespace stormglass
