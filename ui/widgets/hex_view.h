#pragma once

#include <QtWidgets/QAbstractScrollArea>

#include <memory>
#include <string>

namespace castdeck::ui {

/// Bytes as offset, hexadecimal digits and characters. Draws only the lines that are seen, so its size costs nothing.
class HexView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit HexView(const QString& name, QWidget* parent = nullptr);

    void setBytes(std::shared_ptr<const std::string> bytes);
    QString lineAt(std::size_t line) const;
    std::size_t bytesPerLine() const noexcept { return m_perLine; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::size_t lines() const;
    void arrange();

    std::shared_ptr<const std::string> m_bytes;
    std::size_t m_perLine = 16;
};

} // namespace castdeck::ui
