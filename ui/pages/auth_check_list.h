#pragma once

#include "core/remote/endpoint_checks.h"

#include <QtWidgets/QWidget>

#include <array>

class QLabel;

namespace castdeck::ui {

class CheckRow;

/// The twelve checks below each other: mark, title, word, time; each opens to its sentence and the next step. The first
/// that failed is open.
class AuthCheckList : public QWidget {
    Q_OBJECT

public:
    explicit AuthCheckList(QWidget* parent = nullptr);

    void showReport(const remote::EndpointReport& report);
    /// The row of the first check that failed, or the first one.
    QWidget* openedRow() const;

private:
    struct Entry {
        CheckRow* row;
        QWidget* explanation;
        QLabel* sentence;
        QLabel* nextStep;
    };

    Entry makeEntry(std::size_t index);
    void open(std::size_t index, bool isOpen);

    std::array<Entry, remote::checkCount> m_entries{};
    std::size_t m_opened = 0;
};

} // namespace castdeck::ui
