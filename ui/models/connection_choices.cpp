#include "ui/models/connection_choices.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ConnectionChoice", text);
}

const std::string* find(const broadcast::ConnectionsConfig::Names& names, std::string_view name)
{
    const auto it = std::ranges::find(names, name, &std::pair<std::string, std::string>::first);
    return it == names.end() ? nullptr : &it->second;
}

std::string driverOf(const broadcast::ConnectionsConfig& config, const broadcast::ConnectionConfig& connection)
{
    const auto value = connection.options.find("driver");
    const std::string driver = value && value->is(json::Kind::String) ? value->text() : std::string{};
    const std::string* const alias = find(config.driverAliases, driver);
    return alias != nullptr ? *alias : driver;
}

/// A `local` connection that names an application of its own goes its own way.
bool isEmbedded(const broadcast::ConnectionConfig& connection, std::string_view driver)
{
    return driver == "local" && !connection.options.find("app_id");
}

QString noteOf(std::string_view driver)
{
    if (driver == "null")
        return translated(QT_TRANSLATE_NOOP("ConnectionChoice", "This connection discards everything."));
    if (driver == "log")
        return translated(
            QT_TRANSLATE_NOOP("ConnectionChoice", "This connection writes to the log and sends nothing."));
    return {};
}

QString originWords(broadcast::DefaultOrigin origin)
{
    switch (origin) {
    case broadcast::DefaultOrigin::RunTime:
        return translated(QT_TRANSLATE_NOOP("ConnectionChoice", "The default connection, chosen when it was started."));
    case broadcast::DefaultOrigin::Environment:
        return translated(
            QT_TRANSLATE_NOOP("ConnectionChoice", "The default connection, by the variable BROADCAST_CONNECTION."));
    case broadcast::DefaultOrigin::File:
        return translated(QT_TRANSLATE_NOOP("ConnectionChoice", "The default connection, by the configuration."));
    case broadcast::DefaultOrigin::BuiltIn: break;
    }
    return {};
}

ConnectionChoice choiceFor(const std::string& name, std::string_view driver, bool embedded)
{
    const QString shown = shownText(name, 64);
    return {.name = name,
            .driver = std::string{driver},
            .text = embedded ? translated(QT_TRANSLATE_NOOP("ConnectionChoice", "%1 (this server)")).arg(shown)
                             : translated(QT_TRANSLATE_NOOP("ConnectionChoice", "%1 (%2)"))
                                   .arg(shown, shownText(std::string{driver}, 32)),
            .origin = {},
            .note = noteOf(driver),
            .isEmbedded = embedded};
}

void addAliases(const broadcast::ConnectionsConfig& config, std::vector<ConnectionChoice>& list)
{
    for (const auto& [alias, target] : config.aliases) {
        const auto found = std::ranges::find(list, target, &ConnectionChoice::name);
        if (found == list.end())
            continue; // Told when the configuration is read.
        ConnectionChoice choice = *found;
        choice.name = alias;
        choice.text = translated(QT_TRANSLATE_NOOP("ConnectionChoice", "%1 (alias of %2)"))
                          .arg(shownText(alias, 64), shownText(target, 64));
        list.push_back(std::move(choice));
    }
}

} // namespace

bool hasOtherEngines(const ConnectionChoices& choices)
{
    return std::ranges::any_of(choices.list, [](const ConnectionChoice& choice) {
        return !choice.isEmbedded && choice.driver != "log" && choice.driver != "null";
    });
}

ConnectionChoices connectionChoices(const broadcast::ConnectionsConfig& config,
                                    const broadcast::DefaultChoice& defaultChoice)
{
    ConnectionChoices choices;
    for (const broadcast::ConnectionConfig& connection : config.connections) {
        const std::string driver = driverOf(config, connection);
        choices.list.push_back(choiceFor(connection.name, driver, isEmbedded(connection, driver)));
    }
    addAliases(config, choices.list);
    std::ranges::stable_partition(choices.list, &ConnectionChoice::isEmbedded);
    if (choices.list.empty() || !choices.list.front().isEmbedded)
        choices.list.insert(choices.list.begin(),
                            {.name = {},
                             .driver = {},
                             .text = translated(QT_TRANSLATE_NOOP("ConnectionChoice", "This server")),
                             .origin = {},
                             .note = {},
                             .isEmbedded = true});
    if (defaultChoice.origin == broadcast::DefaultOrigin::BuiltIn)
        return choices;
    const auto preferred = std::ranges::find(choices.list, defaultChoice.name, &ConnectionChoice::name);
    if (preferred != choices.list.end()) {
        choices.preferred = static_cast<int>(preferred - choices.list.begin());
        preferred->origin = originWords(defaultChoice.origin);
        preferred->text = translated(QT_TRANSLATE_NOOP("ConnectionChoice", "%1, default")).arg(preferred->text);
    }
    return choices;
}

} // namespace castdeck::ui
