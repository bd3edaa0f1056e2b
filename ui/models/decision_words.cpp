#include "ui/models/decision_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>

namespace castdeck::ui {

namespace {

struct ReasonWords {
    std::string_view reason;
    const char* words;
};

/// Those that no rule decided.
constexpr std::array reasonWords{
    ReasonWords{"policy_open", QT_TRANSLATE_NOOP("Decision", "policy open")},
    ReasonWords{"policy_closed", QT_TRANSLATE_NOOP("Decision", "policy")},
    ReasonWords{"public_channel", QT_TRANSLATE_NOOP("Decision", "public channel")},
    ReasonWords{"no_guard", QT_TRANSLATE_NOOP("Decision", "no guard")},
    ReasonWords{"user_known", QT_TRANSLATE_NOOP("Decision", "known user")},
    ReasonWords{"no_actor", QT_TRANSLATE_NOOP("Decision", "nobody signed in")},
    ReasonWords{"missing_channel", QT_TRANSLATE_NOOP("Decision", "no channel named")},
    ReasonWords{"bad_channel", QT_TRANSLATE_NOOP("Decision", "bad channel name")},
    ReasonWords{"ambiguous", QT_TRANSLATE_NOOP("Decision", "ambiguous request")},
    ReasonWords{"bad_socket_id", QT_TRANSLATE_NOOP("Decision", "bad socket id")},
    ReasonWords{"csrf", QT_TRANSLATE_NOOP("Decision", "CSRF token")},
    ReasonWords{"forward_refused", QT_TRANSLATE_NOOP("Decision", "other application")},
    ReasonWords{"forward_failed", QT_TRANSLATE_NOOP("Decision", "other application")},
};

QString translated(const char* words)
{
    return QCoreApplication::translate("Decision", words);
}

} // namespace

VerdictLook lookOf(const engine::Decision& decision)
{
    if (decision.isAllowed)
        return {translated(QT_TRANSLATE_NOOP("Decision", "allowed")), QStringLiteral("check"), Tone::Success};
    const bool isError = decision.reason == "rule_error" || decision.reason == "forward_failed";
    return {isError ? translated(QT_TRANSLATE_NOOP("Decision", "failed"))
                    : translated(QT_TRANSLATE_NOOP("Decision", "refused")),
            isError ? QStringLiteral("warning") : QStringLiteral("error"), Tone::Danger};
}

QString deciderOf(const engine::Decision& decision)
{
    if (decision.ruleIndex > 0)
        return translated(QT_TRANSLATE_NOOP("Decision", "rule %1")).arg(decision.ruleIndex);
    const auto found = std::ranges::find(reasonWords, decision.reason, &ReasonWords::reason);
    return found != reasonWords.end() ? translated(found->words) : shownText(decision.reason, 64);
}

Tone deciderTone(const engine::Decision& decision)
{
    if (decision.ruleIndex > 0)
        return Tone::Text;
    return decision.reason == "policy_open" ? Tone::Warning : Tone::Muted;
}

QString actorWords(const engine::Decision& decision)
{
    if (decision.actorId.empty())
        return translated(QT_TRANSLATE_NOOP("Decision", "anonymous"));
    const QString id = shownText(decision.actorId, 64);
    if (decision.actorName.empty() || decision.actorName == decision.actorId)
        return id;
    return translated(QT_TRANSLATE_NOOP("Decision", "%1 (%2)")).arg(shownText(decision.actorName, 64), id);
}

QString actorAndSourceWords(const engine::Decision& decision)
{
    const QString who = actorWords(decision);
    if (decision.actorId.empty() || decision.identitySource.empty())
        return who;
    return translated(QT_TRANSLATE_NOOP("Decision", "%1, by %2")).arg(who, toQt(decision.identitySource));
}

} // namespace castdeck::ui
