#pragma once

#include <QtCore/QString>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;
class QWidget;

/// What forms of one column are made of: captions with the field of each below.
namespace castdeck::ui {

QLineEdit* makeField(const char* name, const QString& accessibleName, const QString& placeholder = {});
/// For code or headers; Tab leaves it.
QPlainTextEdit* makeLines(const char* name, const QString& accessibleName, const QString& placeholder, int lines);

/// Returns the caption.
QLabel* addField(QVBoxLayout* layout, const QString& caption, QWidget* field);

} // namespace castdeck::ui
