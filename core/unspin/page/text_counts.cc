#include "unspin/page/text_counts.h"

#include <iterator>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

// Sorted, for binary search.
struct FurnitureWord {
  std::string_view word;
  Furniture kind;
};
constexpr FurnitureWord kFurnitureWords[] = {
    {"aanmelden", Furniture::kAction},
    {"abonnez", Furniture::kAction},
    {"abonnieren", Furniture::kAction},
    {"accept", Furniture::kLegal},
    {"ad", Furniture::kAdvertisement},
    {"advertentie", Furniture::kAdvertisement},
    {"advertisement", Furniture::kAdvertisement},
    {"advertisers", Furniture::kLegal},
    {"advertising", Furniture::kAdvertisement},
    {"afbeelding", Furniture::kMedia},
    {"affiliate", Furniture::kAdvertisement},
    {"agb", Furniture::kLegal},
    {"ago", Furniture::kMeta},
    {"aktualisiert", Furniture::kMeta},
    {"alerts", Furniture::kAction},
    {"also", Furniture::kMore},
    {"altro", Furniture::kMore},
    {"anche", Furniture::kMore},
    {"anmelden", Furniture::kAction},
    {"antworten", Furniture::kMeta},
    {"anzeige", Furniture::kAdvertisement},
    {"assine", Furniture::kAction},
    {"auch", Furniture::kMore},
    {"aussi", Furniture::kMore},
    {"auteur", Furniture::kMeta},
    {"author", Furniture::kMeta},
    {"autor", Furniture::kMeta},
    {"autore", Furniture::kMeta},
    {"beantwoorden", Furniture::kMeta},
    {"bild", Furniture::kMedia},
    {"bron", Furniture::kMedia},
    {"buscar", Furniture::kAction},
    {"by", Furniture::kMeta},
    {"caption", Furniture::kMedia},
    {"categories", Furniture::kMeta},
    {"category", Furniture::kMeta},
    {"cerca", Furniture::kAction},
    {"click", Furniture::kAction},
    {"comentarios", Furniture::kMeta},
    {"comentário", Furniture::kMeta},
    {"comentários", Furniture::kMeta},
    {"comment", Furniture::kMeta},
    {"commentaire", Furniture::kMeta},
    {"commentaires", Furniture::kMeta},
    {"commenti", Furniture::kMeta},
    {"comments", Furniture::kMeta},
    {"commission", Furniture::kAdvertisement},
    {"compartilhar", Furniture::kAction},
    {"compartilhe", Furniture::kAction},
    {"compartir", Furniture::kAction},
    {"condividi", Furniture::kAction},
    {"confidentialité", Furniture::kLegal},
    {"consent", Furniture::kLegal},
    {"contact", Furniture::kAction},
    {"contributed", Furniture::kMeta},
    {"cookie", Furniture::kLegal},
    {"cookies", Furniture::kLegal},
    {"copyright", Furniture::kLegal},
    {"courtesy", Furniture::kMedia},
    {"credit", Furniture::kMedia},
    {"crédit", Furniture::kMedia},
    {"crédito", Furniture::kMedia},
    {"datenschutz", Furniture::kLegal},
    {"delen", Furniture::kAction},
    {"derechos", Furniture::kLegal},
    {"direitos", Furniture::kLegal},
    {"diritti", Furniture::kLegal},
    {"donate", Furniture::kAction},
    {"download", Furniture::kAction},
    {"droits", Furniture::kLegal},
    {"edited", Furniture::kMeta},
    {"editor", Furniture::kMeta},
    {"email", Furniture::kAction},
    {"facebook", Furniture::kAction},
    {"filed", Furniture::kMeta},
    {"folgen", Furniture::kAction},
    {"follow", Furniture::kAction},
    {"fonte", Furniture::kMedia},
    {"foto", Furniture::kMedia},
    {"fotos", Furniture::kMedia},
    {"fuente", Furniture::kMedia},
    {"geplaatst", Furniture::kMeta},
    {"gepubliceerd", Furniture::kMeta},
    {"getty", Furniture::kMedia},
    {"gostar", Furniture::kMore},
    {"image", Furniture::kMedia},
    {"imagem", Furniture::kMedia},
    {"imagen", Furniture::kMedia},
    {"images", Furniture::kMedia},
    {"immagine", Furniture::kMedia},
    {"impressum", Furniture::kLegal},
    {"inbox", Furniture::kAction},
    {"inscrivez", Furniture::kAction},
    {"instagram", Furniture::kAction},
    {"iscriviti", Furniture::kAction},
    {"join", Furniture::kAction},
    {"kommentar", Furniture::kMeta},
    {"kommentare", Furniture::kMeta},
    {"latest", Furniture::kMore},
    {"lees", Furniture::kMore},
    {"leggi", Furniture::kMore},
    {"leia", Furniture::kMore},
    {"lesen", Furniture::kMore},
    {"linkedin", Furniture::kAction},
    {"lire", Furniture::kMore},
    {"log", Furniture::kAction},
    {"login", Furniture::kAction},
    {"mais", Furniture::kMore},
    {"meer", Furniture::kMore},
    {"mehr", Furniture::kMore},
    {"menu", Furniture::kMore},
    {"min", Furniture::kMeta},
    {"minute", Furniture::kMeta},
    {"minutes", Furniture::kMeta},
    {"more", Furniture::kMore},
    {"más", Furniture::kMore},
    {"newsletter", Furniture::kAction},
    {"newsletters", Furniture::kAction},
    {"next", Furniture::kMore},
    {"ook", Furniture::kMore},
    {"par", Furniture::kMeta},
    {"partager", Furniture::kAction},
    {"photo", Furniture::kMedia},
    {"photograph", Furniture::kMedia},
    {"photos", Furniture::kMedia},
    {"plus", Furniture::kMore},
    {"policy", Furniture::kLegal},
    {"popular", Furniture::kMore},
    {"posted", Furniture::kMeta},
    {"previous", Furniture::kMore},
    {"privacidad", Furniture::kLegal},
    {"privacidade", Furniture::kLegal},
    {"privacy", Furniture::kLegal},
    {"promoted", Furniture::kAdvertisement},
    {"próximo", Furniture::kMore},
    {"pubblicato", Furniture::kMeta},
    {"pubblicità", Furniture::kAdvertisement},
    {"publicado", Furniture::kMeta},
    {"publicidad", Furniture::kAdvertisement},
    {"publicidade", Furniture::kAdvertisement},
    {"publicité", Furniture::kAdvertisement},
    {"published", Furniture::kMeta},
    {"publié", Furniture::kMeta},
    {"quelle", Furniture::kMedia},
    {"reacties", Furniture::kMeta},
    {"read", Furniture::kMore},
    {"reageren", Furniture::kMeta},
    {"recherche", Furniture::kAction},
    {"rechte", Furniture::kLegal},
    {"rechten", Furniture::kLegal},
    {"recommended", Furniture::kMore},
    {"register", Furniture::kAction},
    {"registrieren", Furniture::kAction},
    {"related", Furniture::kMore},
    {"reply", Furniture::kMeta},
    {"reservados", Furniture::kLegal},
    {"reserved", Furniture::kLegal},
    {"responder", Furniture::kMeta},
    {"rights", Furniture::kLegal},
    {"riservati", Furniture::kLegal},
    {"rispondi", Furniture::kMeta},
    {"répondre", Furniture::kMeta},
    {"réservés", Furniture::kLegal},
    {"search", Furniture::kAction},
    {"segui", Furniture::kAction},
    {"seguir", Furniture::kAction},
    {"share", Furniture::kAction},
    {"shares", Furniture::kAction},
    {"sign", Furniture::kAction},
    {"siguiente", Furniture::kMore},
    {"skip", Furniture::kMore},
    {"source", Furniture::kMedia},
    {"sponsored", Furniture::kAdvertisement},
    {"subscribe", Furniture::kAction},
    {"subscriber", Furniture::kAction},
    {"subscribers", Furniture::kAction},
    {"subscription", Furniture::kAction},
    {"successivo", Furniture::kMore},
    {"suche", Furniture::kAction},
    {"suivant", Furniture::kMore},
    {"suivez", Furniture::kAction},
    {"suscribirse", Furniture::kAction},
    {"suscríbete", Furniture::kAction},
    {"tags", Furniture::kMeta},
    {"también", Furniture::kMore},
    {"também", Furniture::kMore},
    {"teilen", Furniture::kAction},
    {"terms", Furniture::kLegal},
    {"topics", Furniture::kMeta},
    {"trending", Furniture::kMore},
    {"tweet", Furniture::kAction},
    {"twitter", Furniture::kAction},
    {"uhr", Furniture::kMeta},
    {"updated", Furniture::kMeta},
    {"vendors", Furniture::kLegal},
    {"veröffentlicht", Furniture::kMeta},
    {"via", Furniture::kMedia},
    {"video", Furniture::kMedia},
    {"views", Furniture::kMeta},
    {"volg", Furniture::kAction},
    {"volgende", Furniture::kMore},
    {"von", Furniture::kMeta},
    {"voorbehouden", Furniture::kLegal},
    {"vor", Furniture::kMeta},
    {"vorbehalten", Furniture::kLegal},
    {"watch", Furniture::kMore},
    {"weiter", Furniture::kMore},
    {"weitere", Furniture::kMore},
    {"werbung", Furniture::kAdvertisement},
    {"written", Furniture::kMeta},
    {"zoeken", Furniture::kAction},
};
static_assert(std::is_sorted(std::begin(kFurnitureWords), std::end(kFurnitureWords),
                             [](const FurnitureWord& a, const FurnitureWord& b) { return a.word < b.word; }));

void CountWord(std::string_view word, TextCounts& counts) {
  ++counts.words;
  counts.short_words += word.size() <= 3;
  const auto found =
      std::lower_bound(std::begin(kFurnitureWords), std::end(kFurnitureWords), word,
                       [](const FurnitureWord& row, std::string_view sought) { return row.word < sought; });
  if (found != std::end(kFurnitureWords) && found->word == word) ++counts.furniture[static_cast<size_t>(found->kind)];
}

}  // namespace

TextCounts CountText(std::string_view text) {
  constexpr size_t kMaxWordBytes = 20;  // no word of furniture is longer
  TextCounts counts;
  char word[kMaxWordBytes];
  size_t size = 0;
  bool first = true;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    const bool is_letter = IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter || IsAsciiDigit(c)) {
      if (first) counts.starts_upper = IsAsciiUpper(c);
      first = false;
      counts.letters += is_letter;
      counts.upper += IsAsciiUpper(c);
      counts.digits += IsAsciiDigit(c);
      if (size < kMaxWordBytes) word[size] = AsciiLower(c);
      ++size;
      continue;
    }
    if (size > 0) CountWord({word, std::min(size, kMaxWordBytes)}, counts);
    size = 0;
    const bool before_space = i + 1 >= text.size() || IsHtmlSpace(text[i + 1]);
    counts.stops += (c == '.' || c == '!' || c == '?') && before_space;
    counts.separators += c == '|' || c == '/' || c == '>' || c == '#' || c == '@' || c == '_';
  }
  return counts;
}

}  // namespace unspin
