#pragma once

#include "ui/theme/colors.h"

#include <QtCore/QString>
#include <QtWidgets/QWidget>

#include <functional>
#include <vector>

namespace castdeck::ui {

/// What a plot shows: the same numbers as the table beside it and as the files saved from it.
struct PlotData {
    struct Series {
        QString name;
        Tone tone;
        std::vector<double> values; ///< One for each label.
    };
    enum class Kind {
        Lines, ///< Over time.
        Bars,  ///< Of a histogram.
        Ranks, ///< A bar beside each name, the longest first.
    };

    Kind kind = Kind::Lines;
    QString labelHead;           ///< "Time", the head of the labels in a table.
    std::vector<QString> labels; ///< One for each point or bar.
    std::vector<Series> series;
    std::function<QString(double)> words; ///< A value for people: "2.1 KB".
};

/// Lines, bars or ranks, drawn by hand: as many points as pixels, however many there are.
///
/// The value under the pointer is shown as text, and the whole as a sentence for screen readers.
class Plot : public QWidget {
    Q_OBJECT

public:
    explicit Plot(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);

    void setData(PlotData data);
    const PlotData& data() const noexcept { return m_data; }

    QSize sizeHint() const override { return {360, 150}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF area() const;
    double step() const; ///< Between two lines of the grid.
    double top() const;  ///< The value of the upper edge.
    std::size_t count() const { return m_data.labels.size(); }
    double xOf(double index) const;
    double yOf(double value) const;
    void paintGrid(QPainter& painter) const;
    void paintLines(QPainter& painter) const;
    void paintLegend(QPainter& painter, const QRectF& foot) const;
    void paintBars(QPainter& painter) const;
    void paintRanks(QPainter& painter) const;
    void paintPointer(QPainter& painter) const;

    PlotData m_data;
    int m_pointed = -1; ///< Index of the point under the pointer.
};

/// Thins `values` to `columns` pairs of minimum and maximum, so that no peak is lost.
struct Extent {
    double low;
    double high;
};
std::vector<Extent> thinned(const std::vector<double>& values, std::size_t columns);

/// Comma separated, a line for each label, safe to open in a spreadsheet.
QString toCsv(const PlotData& data);

} // namespace castdeck::ui
