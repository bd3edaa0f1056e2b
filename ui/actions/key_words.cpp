#include "ui/actions/key_words.h"

#include "ui/actions/action_list.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QVariant>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr const char* wordsProperty = "tipWords";
constexpr const char* actionProperty = "tipAction";

void showTip(QWidget* widget)
{
    widget->setToolTip(withKeys(widget->property(wordsProperty).toString(),
                                widget->property(actionProperty).toString().toStdString()));
}

} // namespace

KeyWords& KeyWords::instance()
{
    static KeyWords words;
    return words;
}

QString KeyWords::of(std::string_view actionId) const
{
    if (const auto known = m_keys.find(actionId); known != m_keys.end())
        return known->second;
    const auto specs = actionSpecs();
    const auto spec = std::ranges::find(specs, actionId, &ActionSpec::id);
    return spec == specs.end() ? QString{} : shownKeys(*spec);
}

void KeyWords::set(std::string_view actionId, const QString& shownKeys)
{
    if (of(actionId) == shownKeys)
        return;
    m_keys.insert_or_assign(std::string{actionId}, shownKeys);
    Q_EMIT changed();
}

QString withKeys(const QString& words, std::string_view actionId)
{
    const QString keys = KeyWords::instance().of(actionId);
    if (keys.isEmpty() || words.isEmpty())
        return words.isEmpty() ? keys : words;
    return QCoreApplication::translate("Actions", "%1 (%2)").arg(words, keys);
}

void setKeyTip(QWidget* widget, const QString& words, std::string_view actionId)
{
    const bool isFollowing = widget->property(actionProperty).isValid();
    widget->setProperty(wordsProperty, words);
    widget->setProperty(actionProperty, QString::fromUtf8(actionId.data(), static_cast<qsizetype>(actionId.size())));
    showTip(widget);
    if (!isFollowing)
        QObject::connect(&KeyWords::instance(), &KeyWords::changed, widget, [widget] { showTip(widget); });
}

} // namespace castdeck::ui
