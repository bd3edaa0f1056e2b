#include "core/auth/text_index.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace castdeck::auth;

namespace {

std::vector<std::uint32_t> found(const TextIndex& index, const std::string& text)
{
    std::vector<std::uint32_t> numbers;
    index.find(text, numbers);
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
    return numbers;
}

} // namespace

class TextIndexTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textsInsideEachOtherAreAllFound();
    void caseDoesNotCount();
    void nothingIsFoundInAnEmptyIndex();
    void itFindsWhatASearchForEachTextFinds();
};

void TextIndexTest::textsInsideEachOtherAreAllFound()
{
    TextIndex index;
    index.add("order.", 1);
    index.add("der", 2);
    index.add("private-order.7", 3);
    index.add("order.", 4);
    index.finish();
    QCOMPARE(found(index, "private-order.5"), (std::vector<std::uint32_t>{1, 2, 4}));
    QCOMPARE(found(index, "private-order.7"), (std::vector<std::uint32_t>{1, 2, 3, 4}));
    QCOMPARE(found(index, "orde"), (std::vector<std::uint32_t>{}));
}

void TextIndexTest::caseDoesNotCount()
{
    TextIndex index;
    index.add("Order", 1);
    index.finish();
    QCOMPARE(found(index, "xORDERx"), (std::vector<std::uint32_t>{1}));
}

void TextIndexTest::nothingIsFoundInAnEmptyIndex()
{
    TextIndex index;
    index.finish();
    QCOMPARE(found(index, "order"), (std::vector<std::uint32_t>{}));
}

void TextIndexTest::itFindsWhatASearchForEachTextFinds()
{
    std::mt19937 random{7};
    const auto word = [&](std::size_t length) {
        std::string text(length, 'a');
        for (char& c : text)
            c = static_cast<char>('a' + random() % 3);
        return text;
    };
    for (int round = 0; round < 50; ++round) {
        TextIndex index;
        std::vector<std::string> texts;
        for (std::uint32_t i = 0; i < 40; ++i) {
            texts.push_back(word(1 + random() % 6));
            index.add(texts.back(), i);
        }
        index.finish();
        const std::string name = word(30);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < texts.size(); ++i) {
            if (name.find(texts[i]) != std::string::npos)
                expected.push_back(i);
        }
        QCOMPARE(found(index, name), expected);
    }
}

QTEST_APPLESS_MAIN(TextIndexTest)
#include "text_index_test.moc"
