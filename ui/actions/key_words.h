#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

#include <map>
#include <string>
#include <string_view>

class QWidget;

namespace castdeck::ui {

/// The keys of the actions as they are set, for words that name them. The list of actions says what somebody has
/// changed; before it does, the shipped keys count.
///
/// Thread: GUI.
class KeyWords : public QObject {
    Q_OBJECT

public:
    static KeyWords& instance();

    QString of(std::string_view actionId) const; ///< "Ctrl+K"; empty when the action has none.
    void set(std::string_view actionId, const QString& shownKeys);

Q_SIGNALS:
    void changed();

private:
    std::map<std::string, QString, std::less<>> m_keys;
};

/// "Pause the log (Ctrl+.)", or the words alone while the action has no keys.
QString withKeys(const QString& words, std::string_view actionId);

/// Such words as the tooltip, which follows when the action gets other keys. A second call replaces the first.
void setKeyTip(QWidget* widget, const QString& words, std::string_view actionId);

} // namespace castdeck::ui
