<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Core</name>
    <message>
        <source>cannot read</source>
        <translation>kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>cannot write</source>
        <translation>kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>not a model that can be opened</source>
        <translation>kein Modell, das sich öffnen lässt</translation>
    </message>
    <message>
        <source>the file is incomplete</source>
        <translation>die Datei ist unvollständig</translation>
    </message>
    <message>
        <source>the header is too large</source>
        <translation>der Kopf ist zu groß</translation>
    </message>
    <message>
        <source>the header is damaged</source>
        <translation>der Kopf ist beschädigt</translation>
    </message>
    <message>
        <source>the JSON text is damaged</source>
        <translation>der JSON-Text ist beschädigt</translation>
    </message>
    <message>
        <source>the tensor offsets are wrong</source>
        <translation>die Lage der Tensoren ist falsch</translation>
    </message>
    <message>
        <source>two tensors overlap</source>
        <translation>zwei Tensoren überlappen</translation>
    </message>
    <message>
        <source>a tensor name occurs twice</source>
        <translation>ein Tensorname kommt zweimal vor</translation>
    </message>
    <message>
        <source>the tensor shape is wrong</source>
        <translation>die Form eines Tensors ist falsch</translation>
    </message>
    <message>
        <source>unknown dtype</source>
        <translation>unbekannter Datentyp</translation>
    </message>
    <message>
        <source>a size is too large</source>
        <translation>eine Größe ist zu groß</translation>
    </message>
    <message>
        <source>the shard index is wrong</source>
        <translation>das Verzeichnis der Teile ist falsch</translation>
    </message>
    <message>
        <source>the configuration is wrong</source>
        <translation>die Konfiguration ist falsch</translation>
    </message>
    <message>
        <source>the file does not fit this model</source>
        <translation>die Datei passt nicht zu diesem Modell</translation>
    </message>
    <message>
        <source>a value makes no sense</source>
        <translation>ein Wert ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>nicht unterstützt</translation>
    </message>
    <message>
        <source>the model is already quantized</source>
        <translation>das Modell ist schon quantisiert</translation>
    </message>
    <message>
        <source>the source changed on disk</source>
        <translation>die Quelle hat sich auf dem Datenträger geändert</translation>
    </message>
    <message>
        <source>the weights hold NaN or infinity</source>
        <translation>die Gewichte enthalten NaN oder Unendlich</translation>
    </message>
    <message>
        <source>no plan fits the budget</source>
        <translation>kein Plan passt ins Budget</translation>
    </message>
    <message>
        <source>the target cannot be used</source>
        <translation>das Ziel lässt sich nicht verwenden</translation>
    </message>
    <message>
        <source>not enough free space</source>
        <translation>nicht genug freier Platz</translation>
    </message>
    <message>
        <source>verification failed</source>
        <translation>die Prüfung ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>zu wenig Speicher</translation>
    </message>
    <message>
        <source>Spectral concentration</source>
        <translation>Spektrale Konzentration</translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation>Kurtosis</translation>
    </message>
    <message>
        <source>Output noise</source>
        <translation>Ausgangsrauschen</translation>
    </message>
    <message>
        <source>4-bit error</source>
        <translation>4-Bit-Fehler</translation>
    </message>
    <message>
        <source>SWAN composite</source>
        <translation>SWAN-Gesamtmaß</translation>
    </message>
    <message>
        <source>SWAN v1 composite</source>
        <translation>SWAN-v1-Gesamtmaß</translation>
    </message>
    <message>
        <source>Largest |w| in sigmas</source>
        <translation>Größtes |w| in Sigma</translation>
    </message>
    <message>
        <source>Apple silicon, mlx-lm</source>
        <translation>Apple-Chips, mlx-lm</translation>
    </message>
    <message>
        <source>llama.cpp, Ollama, LM Studio</source>
        <translation>llama.cpp, Ollama, LM Studio</translation>
    </message>
    <message>
        <source>analysing</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>Kodieren</translation>
    </message>
    <message>
        <source>syncing</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>Zurücklesen</translation>
    </message>
    <message>
        <source>writing self-text</source>
        <translation>eigenen Text schreiben</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>1-D tensor</source>
        <translation>Tensor mit einer Dimension</translation>
    </message>
    <message>
        <source>vision part</source>
        <translation>Bildteil</translation>
    </message>
    <message>
        <source>unknown purpose</source>
        <translation>unbekannter Zweck</translation>
    </message>
    <message>
        <source>%1 is not decoded</source>
        <translation>%1 wird nicht gelesen</translation>
    </message>
    <message>
        <source>not a matrix</source>
        <translation>keine Matrix</translation>
    </message>
    <message>
        <source>not a weight</source>
        <translation>kein Gewicht</translation>
    </message>
    <message>
        <source>not the weight of a module</source>
        <translation>nicht das Gewicht eines Moduls</translation>
    </message>
    <message>
        <source>split by the client when it loads</source>
        <translation>wird vom Programm beim Laden geteilt</translation>
    </message>
    <message>
        <source>llama.cpp never quantizes it</source>
        <translation>llama.cpp quantisiert ihn nie</translation>
    </message>
    <message>
        <source>%1 columns, not a multiple of %2</source>
        <translation>%1 Spalten, kein Vielfaches von %2</translation>
    </message>
    <message>
        <source>no token of the panel reached this expert</source>
        <translation>kein Token der Sondierung erreichte diesen Experten</translation>
    </message>
    <message>
        <source>no token of the panel reached %1 of %2 experts</source>
        <translation>%1 von %2 Experten erreichte kein Token der Sondierung</translation>
    </message>
    <message>
        <source>the moments are too large for a number of %1 bits</source>
        <translation>die Momente sind zu groß für eine Zahl mit %1 Bit</translation>
    </message>
    <message>
        <source>the probe does not reach this tensor</source>
        <translation>die Sondierung erreicht diesen Tensor nicht</translation>
    </message>
    <message>
        <source>the model is quantized already: %1</source>
        <translation>das Modell ist schon quantisiert: %1</translation>
    </message>
    <message>
        <source>there is no general.architecture that says how attention is computed</source>
        <translation>kein general.architecture sagt, wie die Attention gerechnet wird</translation>
    </message>
    <message>
        <source>there is no config.json that says how attention is computed</source>
        <translation>keine config.json sagt, wie die Attention gerechnet wird</translation>
    </message>
    <message>
        <source>the attention of the architecture %1 is not known</source>
        <translation>die Attention der Architektur %1 ist nicht bekannt</translation>
    </message>
    <message>
        <source>clipping of q, k and v is not known</source>
        <translation>das Kappen von q, k und v ist nicht bekannt</translation>
    </message>
    <message>
        <source>there is no embedding matrix that can be read</source>
        <translation>es gibt keine lesbare Embedding-Matrix</translation>
    </message>
    <message>
        <source>the embeddings have a norm, which its architecture does not</source>
        <translation>die Embeddings haben eine Norm, die ihre Architektur nicht hat</translation>
    </message>
    <message>
        <source>there is no final norm</source>
        <translation>es gibt keine letzte Norm</translation>
    </message>
    <message>
        <source>there is no head that turns states into logits</source>
        <translation>es gibt keinen Kopf, der Zustände zu Logits macht</translation>
    </message>
    <message>
        <source>%1 has two norms in the same place</source>
        <translation>%1 hat zwei Normen an derselben Stelle</translation>
    </message>
    <message>
        <source>%1 has no norm that is known</source>
        <translation>%1 hat keine bekannte Norm</translation>
    </message>
    <message>
        <source>%1 does not have the norms of its architecture</source>
        <translation>%1 hat nicht die Normen seiner Architektur</translation>
    </message>
    <message>
        <source>%1 has two tensors for %2</source>
        <translation>%1 hat zwei Tensoren für %2</translation>
    </message>
    <message>
        <source>%1 holds %2, which its architecture does not</source>
        <translation>%1 enthält %2, was seine Architektur nicht hat</translation>
    </message>
    <message>
        <source>there are no layers</source>
        <translation>es gibt keine Schichten</translation>
    </message>
    <message>
        <source>not all layers are there: found %1, expected %2</source>
        <translation>nicht alle Schichten sind da: %1 gefunden, %2 erwartet</translation>
    </message>
    <message>
        <source>positions are learnt, which is not supported</source>
        <translation>gelernte Positionen werden nicht unterstützt</translation>
    </message>
    <message>
        <source>writing text takes %1 of memory, found %2</source>
        <translation>Text zu schreiben braucht %1 Speicher, gefunden: %2</translation>
    </message>
    <message>
        <source>the gradients did not stay finite</source>
        <translation>die Gradienten blieben nicht endlich</translation>
    </message>
    <message>
        <source>found a pattern of %1 bytes, expected at most %2</source>
        <translation>Muster von %1 Byte gefunden, höchstens %2 erwartet</translation>
    </message>
    <message>
        <source>expected a regular expression without back references</source>
        <translation>erwartet: ein regulärer Ausdruck ohne Rückverweise</translation>
    </message>
    <message>
        <source>expected a simpler regular expression</source>
        <translation>erwartet: ein einfacherer regulärer Ausdruck</translation>
    </message>
    <message>
        <source>expected a regular expression, found [ without its ]</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: [ ohne ]</translation>
    </message>
    <message>
        <source>expected a regular expression, found ( or ) without the other, or nothing to repeat</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: ( oder ) ohne Gegenstück, oder nichts zum Wiederholen</translation>
    </message>
    <message>
        <source>expected a regular expression, found { or } without the other</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: { oder } ohne Gegenstück</translation>
    </message>
    <message>
        <source>expected a regular expression, found no count between { and }</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: keine Anzahl zwischen { und }</translation>
    </message>
    <message>
        <source>expected a regular expression, found a range from high to low</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: ein Bereich von hoch nach niedrig</translation>
    </message>
    <message>
        <source>expected a regular expression, found \ before what it cannot mean</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: \ vor einem Zeichen, mit dem es nichts bedeutet</translation>
    </message>
    <message>
        <source>expected a regular expression, found nothing to repeat</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: eine Wiederholung von nichts</translation>
    </message>
    <message>
        <source>expected a regular expression, found an unknown class of signs</source>
        <translation>erwartet: ein regulärer Ausdruck; gefunden: eine unbekannte Zeichenklasse</translation>
    </message>
    <message>
        <source>expected a regular expression</source>
        <translation>erwartet: ein regulärer Ausdruck</translation>
    </message>
    <message>
        <source>there is none; roles come from the names alone</source>
        <translation>es gibt keine; die Rollen ergeben sich allein aus den Namen</translation>
    </message>
    <message>
        <source>there is no such text, which clients demand; roles come from the names alone</source>
        <translation>dieser Text fehlt, den Programme verlangen; die Rollen ergeben sich allein aus den Namen</translation>
    </message>
    <message>
        <source>is a link out of the folder, to %1</source>
        <translation>ist ein Verweis aus dem Ordner hinaus, nach %1</translation>
    </message>
    <message>
        <source>%1 is not a list of counts; ignored</source>
        <translation>%1 ist keine Liste von Anzahlen; nicht beachtet</translation>
    </message>
    <message>
        <source>is not a list of counts; ignored</source>
        <translation>ist keine Liste von Anzahlen; nicht beachtet</translation>
    </message>
    <message>
        <source>%1 makes no sense (%2 out of range or of the wrong type); ignored</source>
        <translation>%1 ergibt keinen Sinn (%2 außerhalb des Bereichs oder vom falschen Typ); nicht beachtet</translation>
    </message>
    <message>
        <source>makes no sense (out of range or of the wrong type); ignored</source>
        <translation>ergibt keinen Sinn (außerhalb des Bereichs oder vom falschen Typ); nicht beachtet</translation>
    </message>
    <message>
        <source>%1 is neither true nor false; ignored</source>
        <translation>%1 ist weder wahr noch falsch; nicht beachtet</translation>
    </message>
    <message>
        <source>%1 is not a positive number; ignored</source>
        <translation>%1 ist keine positive Zahl; nicht beachtet</translation>
    </message>
    <message>
        <source>is not a positive number; ignored</source>
        <translation>ist keine positive Zahl; nicht beachtet</translation>
    </message>
    <message>
        <source>%1 is not a list of positive numbers; ignored</source>
        <translation>%1 ist keine Liste positiver Zahlen; nicht beachtet</translation>
    </message>
    <message>
        <source>%1 is not a list of flags; ignored</source>
        <translation>%1 ist keine Liste von Ja/Nein-Werten; nicht beachtet</translation>
    </message>
    <message>
        <source>%1 does not have one number a layer; ignored</source>
        <translation>%1 hat nicht eine Zahl je Schicht; nicht beachtet</translation>
    </message>
    <message>
        <source>tie_word_embeddings is false, but there is no lm_head; taken as tied</source>
        <translation>tie_word_embeddings ist false, aber es gibt kein lm_head; als gemeinsam behandelt</translation>
    </message>
    <message>
        <source>%1 is %2, but the tensors show %3; the tensors count</source>
        <translation>%1 ist %2, aber die Tensoren zeigen %3; die Tensoren gelten</translation>
    </message>
    <message>
        <source>%1 is %2, but the tensors show %3</source>
        <translation>%1 ist %2, aber die Tensoren zeigen %3</translation>
    </message>
    <message>
        <source>which layers attend to a window alone is not known; all are counted as attending to everything</source>
        <translation>welche Schichten nur auf ein Fenster achten, ist nicht bekannt; gerechnet wird, als achteten alle auf alles</translation>
    </message>
    <message>
        <source>this source is already %1 and other types: requantizing adds error to what it lost</source>
        <translation>diese Quelle ist schon %1 und andere Typen: erneutes Quantisieren kommt zum Verlust hinzu</translation>
    </message>
    <message>
        <source>this source is already %1: requantizing adds error to what it lost</source>
        <translation>diese Quelle ist schon %1: erneutes Quantisieren kommt zum Verlust hinzu</translation>
    </message>
    <message>
        <source>%1 tensors are of types that are not analysed</source>
        <translation>%1 Tensoren haben Typen, die nicht untersucht werden</translation>
    </message>
    <message>
        <source>%1 bytes follow the last tensor; they are not read</source>
        <translation>nach dem letzten Tensor folgen %1 Byte; sie werden nicht gelesen</translation>
    </message>
    <message>
        <source>%1 tensors of the files are not in the index; they are read all the same</source>
        <translation>%1 Tensoren der Dateien stehen nicht im Index; gelesen werden sie trotzdem</translation>
    </message>
    <message>
        <source>there is no model.safetensors.index.json; all %1 model*.safetensors were read</source>
        <translation>es gibt keine model.safetensors.index.json; alle %1 model*.safetensors wurden gelesen</translation>
    </message>
    <message>
        <source>not used, because there is a model.safetensors beside it</source>
        <translation>nicht benutzt, weil eine model.safetensors daneben liegt</translation>
    </message>
    <message>
        <source>one shard of %1 without an index; the others were not read</source>
        <translation>ein Teil von %1 ohne Index; die anderen wurden nicht gelesen</translation>
    </message>
    <message>
        <source>%1 more warnings are not listed</source>
        <translation>%1 weitere Warnungen sind nicht aufgeführt</translation>
    </message>
    <message>
        <source>1 tensor not written, %1: %2</source>
        <translation>1 Tensor nicht geschrieben, %1: %2</translation>
    </message>
    <message>
        <source>%1 tensors not written, %2: %3 and others</source>
        <translation>%1 Tensoren nicht geschrieben, %2: %3 und andere</translation>
    </message>
    <message>
        <source>FP8 scales, multiplied into their weights</source>
        <translation>FP8-Skalen, in ihre Gewichte eingerechnet</translation>
    </message>
    <message>
        <source>no floats (%1)</source>
        <translation>keine Gleitkommazahlen (%1)</translation>
    </message>
    <message>
        <source>rotary table, which the client computes</source>
        <translation>Rotationstabelle, die das Programm selbst rechnet</translation>
    </message>
    <message>
        <source>auxiliary tensor</source>
        <translation>Hilfstensor</translation>
    </message>
    <message>
        <source>vision part, which mlx-lm does not load</source>
        <translation>Bildteil, den mlx-lm nicht lädt</translation>
    </message>
    <message>
        <source>token prediction layer, which mlx-lm does not load</source>
        <translation>Schicht zur Tokenvorhersage, die mlx-lm nicht lädt</translation>
    </message>
    <message>
        <source>%1 not written: the embedding is the output head as well</source>
        <translation>%1 nicht geschrieben: das Embedding ist auch der Ausgabekopf</translation>
    </message>
    <message>
        <source>The configuration promises an output head that the files do not have; written as tied to the embedding</source>
        <translation>Die Konfiguration verspricht einen Ausgabekopf, den die Dateien nicht haben; geschrieben als gemeinsam mit dem Embedding</translation>
    </message>
    <message>
        <source>%1 tensors are stored as %2; what stays unquantized of them is rounded to %3</source>
        <translation>%1 Tensoren sind als %2 gespeichert; was davon unquantisiert bleibt, wird auf %3 gerundet</translation>
    </message>
    <message>
        <source>config.json: %1, so the result may not load</source>
        <translation>config.json: %1, daher lässt sich das Ergebnis vielleicht nicht laden</translation>
    </message>
    <message>
        <source>Names are kept as they are: model_type %1 is unknown here, so the result may not load</source>
        <translation>Namen bleiben, wie sie sind: model_type %1 ist hier unbekannt, daher lässt sich das Ergebnis vielleicht nicht laden</translation>
    </message>
    <message>
        <source>%1 tensors have rows that are no multiple of %2 (%3 and others): planned with the types of blocks of %4, there are no K types for them</source>
        <translation>%1 Tensoren haben Zeilen, deren Länge kein Vielfaches von %2 ist (%3 und andere): geplant mit den Typen für Blöcke von %4, K-Typen gibt es für sie nicht</translation>
    </message>
    <message>
        <source>%1 tensors have rows that are no multiple of %2 (%3): planned with the types of blocks of %4, there are no K types for them</source>
        <translation>%1 Tensoren haben Zeilen, deren Länge kein Vielfaches von %2 ist (%3): geplant mit den Typen für Blöcke von %4, K-Typen gibt es für sie nicht</translation>
    </message>
    <message>
        <source>%1 tensors are copied as they are (%2): %3 and others</source>
        <translation>%1 Tensoren werden unverändert kopiert (%2): %3 und andere</translation>
    </message>
    <message>
        <source>%1 tensors are copied as they are (%2): %3</source>
        <translation>%1 Tensoren werden unverändert kopiert (%2): %3</translation>
    </message>
    <message>
        <source>What stays unquantized of %1 tensors is rounded to %2</source>
        <translation>Was von %1 Tensoren unquantisiert bleibt, wird auf %2 gerundet</translation>
    </message>
    <message>
        <source>%1 tensors are quantized already; encoding them again adds error to what they lost</source>
        <translation>%1 Tensoren sind schon quantisiert; sie neu zu kodieren kommt zum Verlust hinzu</translation>
    </message>
    <message>
        <source>Attention is limited to the last %1 tokens by the configuration; llama.cpp attends to all of them in %2</source>
        <translation>Die Konfiguration beschränkt die Attention auf die letzten %1 Token; llama.cpp achtet bei %2 auf alle</translation>
    </message>
    <message>
        <source>Written without a tokenizer: %1</source>
        <translation>Ohne Tokenizer geschrieben: %1</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 and is left out</source>
        <translation>%1 ist kein UTF-8 und bleibt weg</translation>
    </message>
    <message>
        <source>Token %1 is left out: the embedding has no row for it</source>
        <translation>Token %1 bleibt weg: das Embedding hat keine Zeile dafür</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s normalizer %1 has no counterpart in GGUF: text should come composed as it leaves it</source>
        <translation>Der Normalizer %1 des Tokenizers hat in GGUF keine Entsprechung: Text sollte so ankommen, wie er ihn hinterlässt</translation>
    </message>
    <message>
        <source>tokenizer.model maps characters to others and removes extra spaces, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model ersetzt Zeichen durch andere und entfernt überzählige Leerzeichen, llama.cpp nicht: Text sollte so ankommen, wie er danach aussieht</translation>
    </message>
    <message>
        <source>tokenizer.model maps characters to others, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model ersetzt Zeichen durch andere, llama.cpp nicht: Text sollte so ankommen, wie er danach aussieht</translation>
    </message>
    <message>
        <source>tokenizer.model removes extra spaces, which llama.cpp does not: text should come as that leaves it</source>
        <translation>tokenizer.model entfernt überzählige Leerzeichen, llama.cpp nicht: Text sollte so ankommen, wie er danach aussieht</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s rule %1 parts combining marks (Hindi, Thai, some emoji) from their letters, which the tokenizer does not</source>
        <translation>llama.cpps Regel %1 trennt kombinierende Zeichen (Hindi, Thai, manche Emoji) von ihren Buchstaben, was der Tokenizer nicht tut</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity and is kept unquantized</source>
        <translation>%1 enthält NaN oder Unendlich und bleibt unquantisiert</translation>
    </message>
    <message>
        <source>Tensors with types that cannot be taken over have the next larger one: %1</source>
        <translation>Tensoren mit Typen, die nicht zu übernehmen sind, haben den nächstgrößeren: %1</translation>
    </message>
    <message>
        <source>imatrix: used for %1 tensors</source>
        <translation>imatrix: für %1 Tensoren benutzt</translation>
    </message>
    <message>
        <source>imatrix: %1 tensors have an entry of another size, or of zeros</source>
        <translation>imatrix: %1 Tensoren haben einen Eintrag anderer Größe oder aus Nullen</translation>
    </message>
</context>
<context>
    <name>HeatmapView</name>
    <message>
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>MetadataModel</name>
    <message>
        <source>%1 x %2</source>
        <translation>%1 x %2</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 Mrd.</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
</context>
<context>
    <name>ProjectPage</name>
    <message>
        <source>Model: %1, %2 parameters, %3</source>
        <translation>Modell: %1, %2 Parameter, %3</translation>
    </message>
    <message>
        <source>Digest: %1</source>
        <translation>Prüfsumme: %1</translation>
    </message>
    <message>
        <source>Target: %1, budget %2</source>
        <translation>Ziel: %1, Budget %2</translation>
    </message>
    <message>
        <source>Plan: %1, %2 bits per weight, predicted damage %3</source>
        <translation>Plan: %1, %2 Bit pro Gewicht, vorhergesagter Schaden %3</translation>
    </message>
    <message>
        <source>Saved plan: %1, %2</source>
        <translation>Gespeicherter Plan: %1, %2</translation>
    </message>
</context>
<context>
    <name>TensorFilter</name>
    <message>
        <source>Not a regular expression: %1</source>
        <translation>Kein regulärer Ausdruck: %1</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui</name>
    <message>
        <source>Tier 3: probe, forward and backward. No data.</source>
        <translation>Stufe 3: Sondierung, vorwärts und rückwärts. Keine Daten.</translation>
    </message>
    <message>
        <source>Tier 2: probe, forward. No data.</source>
        <translation>Stufe 2: Sondierung, vorwärts. Keine Daten.</translation>
    </message>
    <message>
        <source>Tier 1: published scores and error curves. No data.</source>
        <translation>Stufe 1: veröffentlichte Maße und Fehlerkurven. Keine Daten.</translation>
    </message>
    <message>
        <source>L%1 %2</source>
        <translation>S%1 %2</translation>
    </message>
    <message>
        <source>%1 bits, group %2</source>
        <translation>%1 Bit, Gruppe %2</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runden</translation>
    </message>
    <message>
        <source>Nearest code, as the clients themselves do</source>
        <translation>Nächster Code, wie es die Programme selbst tun</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Best range of each group, by what flows into the columns</source>
        <translation>Bester Bereich jeder Gruppe, gewichtet nach dem, was in die Spalten fließt</translation>
    </message>
    <message>
        <source>Best range of each group</source>
        <translation>Bester Bereich jeder Gruppe</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>Rückkopplung</translation>
    </message>
    <message>
        <source>The model writes text of its own; each column makes good what those before it lost. Takes several times as long.</source>
        <translation>Das Modell schreibt eigenen Text; jede Spalte gleicht aus, was die vor ihr verloren haben. Dauert um ein Mehrfaches länger.</translation>
    </message>
    <message>
        <source>Expert %1 of %2</source>
        <translation>Experte %1 von %2</translation>
    </message>
    <message>
        <source>The experts were measured together.</source>
        <translation>Die Experten wurden zusammen gemessen.</translation>
    </message>
    <message>
        <source>%1: NRMSE %2</source>
        <translation>%1: NRMSE %2</translation>
    </message>
    <message>
        <source>r %1, D %2</source>
        <translation>r %1, D %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Damage by layer</source>
        <translation>Schaden je Schicht</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>einheitlich</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
    <message>
        <source>Bits of the plan</source>
        <translation>Bits des Plans</translation>
    </message>
    <message>
        <source>Bits beside the uniform plan</source>
        <translation>Bits gegenüber dem einheitlichen Plan</translation>
    </message>
    <message>
        <source>Bits beside %1</source>
        <translation>Bits gegenüber %1</translation>
    </message>
    <message>
        <source>Predicted damage per MB</source>
        <translation>Vorhergesagter Schaden je MB</translation>
    </message>
    <message>
        <source>Error (NRMSE)</source>
        <translation>Fehler (NRMSE)</translation>
    </message>
    <message>
        <source>Error by inputs, r (tier 2)</source>
        <translation>Fehler nach Eingängen, r (Stufe 2)</translation>
    </message>
    <message>
        <source>Damage at the output, D (tier 3)</source>
        <translation>Schaden am Ausgang, D (Stufe 3)</translation>
    </message>
    <message>
        <source>Tier of the evidence</source>
        <translation>Stufe der Belege</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>%1: could not be measured</source>
        <translation>%1: ließ sich nicht messen</translation>
    </message>
    <message>
        <source>%1: %2 values are NaN or infinite</source>
        <translation>%1: %2 Werte sind NaN oder unendlich</translation>
    </message>
    <message>
        <source>They count in no score, and an export refuses them.</source>
        <translation>Sie zählen in keinem Maß, und ein Export weist sie zurück.</translation>
    </message>
    <message>
        <source>%1: largest share of the damage</source>
        <translation>%1: größter Anteil am Schaden</translation>
    </message>
    <message>
        <source>%1 of the plan&apos;s predicted damage.</source>
        <translation>%1 des vorhergesagten Schadens des Plans.</translation>
    </message>
    <message>
        <source>%1: largest |w| is %2 σ</source>
        <translation>%1: größtes |w| ist %2 σ</translation>
    </message>
    <message>
        <source>An outlier stretches the range of its group.</source>
        <translation>Ein Ausreißer dehnt den Bereich seiner Gruppe.</translation>
    </message>
    <message>
        <source>outliers above %1 σ in %2 more tensors</source>
        <translation>Ausreißer über %1 σ in %2 weiteren Tensoren</translation>
    </message>
    <message>
        <source>%1: the same numbers as %2</source>
        <translation>%1: dieselben Zahlen wie %2</translation>
    </message>
    <message>
        <source>By shape, extremes, mean, squares and histogram. Was one saved in the other&apos;s place?</source>
        <translation>Nach Form, Extremen, Mittelwert, Quadraten und Histogramm. Wurde einer anstelle des anderen gespeichert?</translation>
    </message>
    <message>
        <source>the numbers of other tensors in %1 more</source>
        <translation>die Zahlen anderer Tensoren in %1 weiteren</translation>
    </message>
    <message>
        <source>%1: all zero</source>
        <translation>%1: lauter Nullen</translation>
    </message>
    <message>
        <source>%1: %2 rows are all zero</source>
        <translation>%1: %2 Zeilen sind lauter Nullen</translation>
    </message>
    <message>
        <source>It adds nothing; was it trained, or lost on the way?</source>
        <translation>Er trägt nichts bei; wurde er trainiert oder ging er unterwegs verloren?</translation>
    </message>
    <message>
        <source>Often tokens that no training saw, or pruned outputs.</source>
        <translation>Oft Token, die kein Training sah, oder gestutzte Ausgänge.</translation>
    </message>
    <message>
        <source>zero rows in %1 more tensors</source>
        <translation>Nullzeilen in %1 weiteren Tensoren</translation>
    </message>
    <message>
        <source>%1: stored as %2, most as %3</source>
        <translation>%1: gespeichert als %2, die meisten als %3</translation>
    </message>
    <message>
        <source>%1 matrices are stored as %2, most as %3</source>
        <translation>%1 Matrizen sind als %2 gespeichert, die meisten als %3</translation>
    </message>
    <message>
        <source>embed and head are one tensor</source>
        <translation>embed und head sind ein Tensor</translation>
    </message>
    <message>
        <source>tensors that stay floats: %1</source>
        <translation>Tensoren, die Gleitkomma bleiben: %1</translation>
    </message>
    <message>
        <source>Norms, biases and whatever the target cannot quantize.</source>
        <translation>Normen, Biases und was das Ziel nicht quantisieren kann.</translation>
    </message>
    <message>
        <source>tensors not scored yet: %1</source>
        <translation>noch nicht bewertete Tensoren: %1</translation>
    </message>
    <message>
        <source>no NaN, no infinity in %1 tensors</source>
        <translation>kein NaN, kein Unendlich in %1 Tensoren</translation>
    </message>
    <message>
        <source>cannot be exported: view only</source>
        <translation>kann nicht exportiert werden: nur ansehen</translation>
    </message>
    <message>
        <source>The download may not have finished; fetch the file again.</source>
        <translation>Vielleicht wurde nicht alles heruntergeladen; holen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>Open a folder with config.json and .safetensors files, one of those files, or a GGUF file.</source>
        <translation>Öffnen Sie einen Ordner mit config.json und .safetensors-Dateien, eine dieser Dateien oder eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>Open the original weights to export them in another format.</source>
        <translation>Öffnen Sie die ursprünglichen Gewichte, um sie in ein anderes Format zu exportieren.</translation>
    </message>
    <message>
        <source>Raise the budget, or remove pins and floors.</source>
        <translation>Erhöhen Sie das Budget oder entfernen Sie Festlegungen und Untergrenzen.</translation>
    </message>
    <message>
        <source>Choose a new name; nothing is ever overwritten.</source>
        <translation>Wählen Sie einen neuen Namen; nichts wird je überschrieben.</translation>
    </message>
    <message>
        <source>Free some space, or choose another disk.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>Open the model again when nothing writes to it.</source>
        <translation>Öffnen Sie das Modell erneut, wenn nichts mehr hineinschreibt.</translation>
    </message>
    <message>
        <source>Look at the findings to see which tensors are damaged.</source>
        <translation>Unter „Befunde“ steht, welche Tensoren beschädigt sind.</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::BitsLegend</name>
    <message>
        <source>Bits of the plan</source>
        <translation>Bits des Plans</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) at %1 bits; click to show only these</source>
        <translation>
            <numerusform>%n Tensor mit %1 Bit; ein Klick zeigt nur diesen</numerusform>
            <numerusform>%n Tensoren mit %1 Bit; ein Klick zeigt nur diese</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bits: %2</source>
        <translation>%1 Bit: %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::BudgetPanel</name>
    <message>
        <source>Size of the weight files</source>
        <translation>Größe der Gewichtsdateien</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Unit of the budget</source>
        <translation>Einheit des Budgets</translation>
    </message>
    <message>
        <source>Fit device</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Set the budget to the largest that fits the device with this context</source>
        <translation>Setzt das größte Budget, das mit diesem Kontext auf das Gerät passt</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren...</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Wait until the analysis is complete</source>
        <translation>Warten Sie, bis die Analyse fertig ist</translation>
    </message>
    <message>
        <source>There is no complete plan yet</source>
        <translation>Es gibt noch keinen vollständigen Plan</translation>
    </message>
    <message>
        <source>= %1 bits per weight</source>
        <translation>= %1 Bit pro Gewicht</translation>
    </message>
    <message>
        <source>uniform %1</source>
        <translation>einheitlich %1</translation>
    </message>
    <message>
        <source>MINT</source>
        <translation>MINT</translation>
    </message>
    <message>
        <source>SWAN</source>
        <translation>SWAN</translation>
    </message>
    <message>
        <source>Lock &amp;quality</source>
        <translation>&amp;Qualität festhalten</translation>
    </message>
    <message>
        <source>Off: the size stays when pins move. On: the predicted damage stays, and the size follows.</source>
        <translation>Aus: Die Größe bleibt, wenn Festlegungen sich ändern. An: Der vorhergesagte Schaden bleibt, und die Größe folgt.</translation>
    </message>
    <message>
        <source>Quality is locked: the size follows it</source>
        <translation>Die Qualität ist festgehalten: Die Größe folgt ihr</translation>
    </message>
    <message>
        <source>Experts stay at %1</source>
        <translation>Experten bleiben bei %1</translation>
    </message>
    <message>
        <source>The curve moves the rest alone: the experts stay in RAM as they are</source>
        <translation>Die Kurve bewegt nur den Rest: Die Experten bleiben im RAM, wie sie sind</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ColorLegend</name>
    <message>
        <source>Colour scale</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>Click to set the ends of the colours</source>
        <translation>Ein Klick setzt die Enden der Farben</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>noch keine Werte</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ColumnMemory</name>
    <message>
        <source>All as at first</source>
        <translation>Alle wie am Anfang</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ComparePage</name>
    <message>
        <source>%1: A is %2, B is %3</source>
        <translation>%1: A ist %2, B ist %3</translation>
    </message>
    <message>
        <source>Heatmap of the difference; the table beside it holds the same</source>
        <translation>Heatmap des Unterschieds; die Tabelle daneben enthält dasselbe</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Table of differences</source>
        <translation>Tabelle der Unterschiede</translation>
    </message>
    <message>
        <source>What is compared, A</source>
        <translation>Was verglichen wird, A</translation>
    </message>
    <message>
        <source>What it is compared with, B</source>
        <translation>Womit verglichen wird, B</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A und B tauschen</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>Ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>Read somebody&apos;s model to compare with: a GGUF file, an MLX folder, another checkpoint with the same tensors</source>
        <translation>Ein anderes Modell zum Vergleich lesen: eine GGUF-Datei, einen MLX-Ordner, einen Checkpoint mit denselben Tensoren</translation>
    </message>
    <message>
        <source>&amp;File...</source>
        <translation>&amp;Datei...</translation>
    </message>
    <message>
        <source>F&amp;older...</source>
        <translation>&amp;Ordner...</translation>
    </message>
    <message>
        <source>Bits, A − B</source>
        <translation>Bits, A − B</translation>
    </message>
    <message>
        <source>Damage, A − B</source>
        <translation>Schaden, A − B</translation>
    </message>
    <message>
        <source>Size, A − B</source>
        <translation>Größe, A − B</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>Gewichte geändert</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Size of tensors</source>
        <translation>Größe der Tensoren</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
    <message>
        <source>Only what &amp;differs</source>
        <translation>Nur &amp;Unterschiede</translation>
    </message>
    <message>
        <source>Take &amp;A for selection</source>
        <translation>&amp;A für die Auswahl übernehmen</translation>
    </message>
    <message>
        <source>Take &amp;B for selection</source>
        <translation>&amp;B für die Auswahl übernehmen</translation>
    </message>
    <message>
        <source>Save &amp;table...</source>
        <translation>&amp;Tabelle speichern...</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>Liest...</translation>
    </message>
    <message>
        <source>Choose two to compare.</source>
        <translation>Wählen Sie zwei zum Vergleichen.</translation>
    </message>
    <message>
        <source>A − B</source>
        <translation>A − B</translation>
    </message>
    <message>
        <source>%1 with more bits in A, %2 with fewer, %3 the same.</source>
        <translation>%1 mit mehr Bits in A, %2 mit weniger, %3 gleich.</translation>
    </message>
    <message>
        <source>%1 are missing on one side.</source>
        <translation>%1 fehlen auf einer Seite.</translation>
    </message>
    <message>
        <source>Damage is predicted, not measured.</source>
        <translation>Der Schaden ist vorhergesagt, nicht gemessen.</translation>
    </message>
    <message>
        <source>no such tensor</source>
        <translation>kein solcher Tensor</translation>
    </message>
    <message>
        <source>damage %1</source>
        <translation>Schaden %1</translation>
    </message>
    <message>
        <source>Weights changed by %1</source>
        <translation>Gewichte um %1 geändert</translation>
    </message>
    <message>
        <source>take from %1</source>
        <translation>von %1 übernehmen</translation>
    </message>
    <message>
        <source>Select cells or rows first.</source>
        <translation>Wählen Sie zuerst Zellen oder Zeilen.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected tensors cannot take over what is there.</source>
        <translation>
            <numerusform>%n der ausgewählten Tensoren kann nicht übernehmen, was dort steht.</numerusform>
            <numerusform>%n der ausgewählten Tensoren können nicht übernehmen, was dort steht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the table of differences</source>
        <translation>Die Tabelle der Unterschiede speichern</translation>
    </message>
    <message>
        <source>Comma-separated (*.csv);;Tab-separated (*.tsv)</source>
        <translation>Durch Komma getrennt (*.csv);;Durch Tabulator getrennt (*.tsv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>A model&apos;s folder to compare with</source>
        <translation>Der Ordner eines Modells zum Vergleich</translation>
    </message>
    <message>
        <source>A model to compare with</source>
        <translation>Ein Modell zum Vergleich</translation>
    </message>
    <message>
        <source>%1 have another shape there and cannot be compared.</source>
        <translation>%1 haben dort eine andere Form und lassen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>another shape, not comparable</source>
        <translation>andere Form, nicht vergleichbar</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::CompareSides</name>
    <message>
        <source>This plan</source>
        <translation>Dieser Plan</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Einheitlich</translation>
    </message>
    <message>
        <source>%1, same size</source>
        <translation>%1, gleiche Größe</translation>
    </message>
    <message>
        <source>MINT, same size</source>
        <translation>MINT, gleiche Größe</translation>
    </message>
    <message>
        <source>The model itself</source>
        <translation>Das Modell selbst</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::CompareTableModel</name>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Relative difference of the weights themselves, where both are floats</source>
        <translation>Relativer Unterschied der Gewichte selbst, wo beide Gleitkomma sind</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Bits, A − B</source>
        <translation>Bits, A − B</translation>
    </message>
    <message>
        <source>Size of A</source>
        <translation>Größe von A</translation>
    </message>
    <message>
        <source>Size of B</source>
        <translation>Größe von B</translation>
    </message>
    <message>
        <source>Size, A − B</source>
        <translation>Größe, A − B</translation>
    </message>
    <message>
        <source>Damage of A</source>
        <translation>Schaden von A</translation>
    </message>
    <message>
        <source>Damage of B</source>
        <translation>Schaden von B</translation>
    </message>
    <message>
        <source>Damage, A − B</source>
        <translation>Schaden, A − B</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>Gewichte geändert</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>andere Form</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DecisionView</name>
    <message>
        <source>Pinned by hand.</source>
        <translation>Von Hand festgelegt.</translation>
    </message>
    <message>
        <source>By hand: at least %1.</source>
        <translation>Von Hand: mindestens %1.</translation>
    </message>
    <message>
        <source>Pinned by the rule %1.</source>
        <translation>Festgelegt durch die Regel %1.</translation>
    </message>
    <message>
        <source>By the rule %1: at least %2.</source>
        <translation>Durch die Regel %1: mindestens %2.</translation>
    </message>
    <message>
        <source>scalar</source>
        <translation>Skalar</translation>
    </message>
    <message>
        <source>Judged by tier 3, with gradients.</source>
        <translation>Beurteilt nach Stufe 3, mit Gradienten.</translation>
    </message>
    <message>
        <source>Judged by tier 2, the inputs.</source>
        <translation>Beurteilt nach Stufe 2, den Eingängen.</translation>
    </message>
    <message>
        <source>Judged by tier 1, the weights alone.</source>
        <translation>Beurteilt nach Stufe 1, den Gewichten allein.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Predicted damage %1, NRMSE %2</source>
        <translation>Vorhergesagter Schaden %1, NRMSE %2</translation>
    </message>
    <message>
        <source>Not measured yet; the bits are provisional.</source>
        <translation>Noch nicht gemessen; die Bits sind vorläufig.</translation>
    </message>
    <message>
        <source>Kept: %1</source>
        <translation>Bleibt: %1</translation>
    </message>
    <message>
        <source>Embedding and head are this one tensor.</source>
        <translation>Embedding und Head sind dieser eine Tensor.</translation>
    </message>
    <message>
        <source>%1 tensors, stored as one</source>
        <translation>%1 Tensoren, als einer gespeichert</translation>
    </message>
    <message>
        <source>Not measured: %1</source>
        <translation>Nicht gemessen: %1</translation>
    </message>
    <message>
        <source>NaN or infinite values: %1</source>
        <translation>NaN oder unendliche Werte: %1</translation>
    </message>
    <message>
        <source>%1 (%2 tensors)</source>
        <translation>%1 (%2 Tensoren)</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DevicePanel</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Context in tokens</source>
        <translation>Kontext in Token</translation>
    </message>
    <message>
        <source>KV %1</source>
        <translation>KV %1</translation>
    </message>
    <message>
        <source>Type of the KV cache</source>
        <translation>Typ des KV-Cache</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>Buffers (estimate)</source>
        <translation>Puffer (geschätzt)</translation>
    </message>
    <message>
        <source>Unknown whether it fits: the KV cache of this model is unknown</source>
        <translation>Unbekannt, ob es passt: Der KV-Cache dieses Modells ist unbekannt</translation>
    </message>
    <message>
        <source>My devices: name, memory, reserve</source>
        <translation>Meine Geräte: Name, Speicher, Reserve</translation>
    </message>
    <message>
        <source>Edit my devices</source>
        <translation>Meine Geräte bearbeiten</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>Requests answered at the same time, each with a cache of its own</source>
        <translation>Anfragen, die zugleich beantwortet werden, jede mit eigenem Cache</translation>
    </message>
    <message>
        <source>E&amp;xperts in RAM</source>
        <translation>E&amp;xperten im RAM</translation>
    </message>
    <message>
        <source>Two budgets: the experts stay in RAM, the rest goes to the device</source>
        <translation>Zwei Budgets: Die Experten bleiben im RAM, der Rest kommt auf das Gerät</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>RAM of the machine</source>
        <translation>RAM des Rechners</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Budget of the experts</source>
        <translation>Budget der Experten</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Reserve of the RAM</source>
        <translation>Reserve des RAM</translation>
    </message>
    <message>
        <source>RAM that stays free for the system and other programs</source>
        <translation>RAM, der für das System und andere Programme frei bleibt</translation>
    </message>
    <message>
        <source>The project&apos;s device is not known here: %1. The one shown is %2.</source>
        <translation>Das Gerät des Projekts ist hier nicht bekannt: %1. Gezeigt wird %2.</translation>
    </message>
    <message>
        <source>Which memory is shown</source>
        <translation>Welcher Speicher gezeigt wird</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DevicesDialog</name>
    <message>
        <source>My devices</source>
        <translation>Meine Geräte</translation>
    </message>
    <message>
        <source>They stand before the devices of the table. Usable is what the GPU may have of memory that it shares; the reserve stays free.</source>
        <translation>Sie stehen vor den Geräten der Tabelle. Nutzbar ist, was die GPU von geteiltem Speicher haben darf; die Reserve bleibt frei.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>There are as many devices as there can be.</source>
        <translation>Mehr Geräte kann es nicht geben.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DifferenceLegend</name>
    <message>
        <source>Damage by layer, A − B</source>
        <translation>Schaden je Schicht, A − B</translation>
    </message>
    <message>
        <source>A bpw</source>
        <translation>A bpw</translation>
    </message>
    <message>
        <source>B bpw</source>
        <translation>B bpw</translation>
    </message>
    <message>
        <source>Colour scale of the difference</source>
        <translation>Farbskala des Unterschieds</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::DropArea</name>
    <message>
        <source>Drop a model here</source>
        <translation>Ein Modell hier ablegen</translation>
    </message>
    <message>
        <source>a folder, index.json, .safetensors, .gguf, a shard of a split,
an entry of the Hugging Face cache, or a .bitloupe project</source>
        <translation>ein Ordner, index.json, .safetensors, .gguf, ein Teil einer Aufteilung,
ein Eintrag des Hugging-Face-Caches oder ein .bitloupe-Projekt</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorBar</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Einzelheiten</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorLabel</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>Einzelheiten zum Fehler</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorMapPage</name>
    <message>
        <source>row </source>
        <translation>Zeile </translation>
    </message>
    <message>
        <source>First row</source>
        <translation>Erste Zeile</translation>
    </message>
    <message>
        <source>col. </source>
        <translation>Sp. </translation>
    </message>
    <message>
        <source>First column</source>
        <translation>Erste Spalte</translation>
    </message>
    <message>
        <source>Squares of 256 by 256 weights</source>
        <translation>Quadrate von 256 mal 256 Gewichten</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>No tensor selected</source>
        <translation>Kein Tensor ausgewählt</translation>
    </message>
    <message>
        <source>Not for tensors that are cut out of another.</source>
        <translation>Nicht für Tensoren, die aus einem anderen geschnitten sind.</translation>
    </message>
    <message>
        <source>Kept as it is: nothing is lost.</source>
        <translation>Bleibt, wie es ist: Nichts geht verloren.</translation>
    </message>
    <message>
        <source>NRMSE %1</source>
        <translation>NRMSE %1</translation>
    </message>
    <message>
        <source>Of this square, as the search encoder codes it</source>
        <translation>Dieses Quadrats, wie der Suchkodierer es kodiert</translation>
    </message>
    <message>
        <source>Error map</source>
        <translation>Fehlerkarte</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorMapView</name>
    <message>
        <source>Weights before and after, and their error</source>
        <translation>Gewichte davor und danach und ihr Fehler</translation>
    </message>
    <message>
        <source>weights to %1, errors to %2</source>
        <translation>Gewichte bis %1, Fehler bis %2</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>±%1</source>
        <translation>±%1</translation>
    </message>
    <message>
        <source>Row %1, column %2: %3 becomes %4</source>
        <translation>Zeile %1, Spalte %2: aus %3 wird %4</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ErrorScatterView</name>
    <message>
        <source>Error found against error planned, by tensor</source>
        <translation>Gefundener gegen geplanten Fehler, je Tensor</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>&amp;Encoder</source>
        <translation>&amp;Kodierer</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>&amp;Browse...</source>
        <translation>&amp;Durchsuchen...</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Command that does the same</source>
        <translation>Befehl, der dasselbe tut</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Folder for the export</source>
        <translation>Ordner für den Export</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im Ordner &amp;zeigen</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The name must end in .gguf.</source>
        <translation>Der Name muss auf .gguf enden.</translation>
    </message>
    <message>
        <source>The name must be that of one new folder.</source>
        <translation>Der Name muss der eines neuen Ordners sein.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>This already exists; nothing is ever overwritten.</source>
        <translation>Das gibt es schon; nichts wird je überschrieben.</translation>
    </message>
    <message>
        <source>There is no plan for this split.</source>
        <translation>Für diese Teilung gibt es keinen Plan.</translation>
    </message>
    <message>
        <source>%1 bytes, %2 bpw, predicted damage %3.</source>
        <translation>%1 Bytes, %2 bpw, vorhergesagter Schaden %3.</translation>
    </message>
    <message>
        <source>All constraints of the target are met.</source>
        <translation>Alle Bedingungen des Ziels sind erfüllt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportProgress</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Encode and write</source>
        <translation>Kodieren und schreiben</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Zurücklesen</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>The model writes text of its own</source>
        <translation>Das Modell schreibt eigenen Text</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ExportResult</name>
    <message>
        <source>Verified: %1 of %1 quantized tensors read back and compared</source>
        <translation>Geprüft: %1 von %1 quantisierten Tensoren zurückgelesen und verglichen</translation>
    </message>
    <message>
        <source>Verified: %1 tensors read back; %2 differ from the prediction by more than sampling explains</source>
        <translation>Geprüft: %1 Tensoren zurückgelesen; %2 weichen stärker von der Vorhersage ab, als die Stichprobe erklärt</translation>
    </message>
    <message>
        <source>Error by tensor (NRMSE)</source>
        <translation>Fehler je Tensor (NRMSE)</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Two runs write the same bytes, with any number of threads.</source>
        <translation>Zwei Läufe schreiben dieselben Bytes, mit beliebig vielen Threads.</translation>
    </message>
    <message>
        <source>Size, bytes</source>
        <translation>Größe, Bytes</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>Bits pro Gewicht</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Kodierer</translation>
    </message>
    <message>
        <source>%1 by search</source>
        <translation>%1 durch Suche</translation>
    </message>
    <message>
        <source>Quantized + kept</source>
        <translation>Quantisiert + behalten</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>NRMSE, mean</source>
        <translation>NRMSE, Mittel</translation>
    </message>
    <message>
        <source>NRMSE, largest</source>
        <translation>NRMSE, größter</translation>
    </message>
    <message>
        <source>Largest difference to encoded</source>
        <translation>Größte Abweichung vom Kodierten</translation>
    </message>
    <message>
        <source>%1 of %2 as planned, within what sampling allows</source>
        <translation>%1 von %2 wie geplant, soweit die Stichprobe es zulässt</translation>
    </message>
    <message>
        <source>The plan knows no errors of this encoder; they were measured while encoding.</source>
        <translation>Der Plan kennt keine Fehler dieses Kodierers; sie wurden beim Kodieren gemessen.</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Uniform, same budget</source>
        <translation>Einheitlich, gleiches Budget</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::FrontierView</name>
    <message>
        <source>predicted damage against size of the files, MB</source>
        <translation>vorhergesagter Schaden gegen Größe der Dateien, MB</translation>
    </message>
    <message>
        <source>Size against predicted damage</source>
        <translation>Größe gegen vorhergesagten Schaden</translation>
    </message>
    <message>
        <source>this plan</source>
        <translation>dieser Plan</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>Knick</translation>
    </message>
    <message>
        <source>size of the files, MB</source>
        <translation>Größe der Dateien, MB</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Guide</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HatchLegend</name>
    <message>
        <source>Hatched: %1</source>
        <translation>Schraffiert: %1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>NaN or infinite</source>
        <translation>NaN oder unendlich</translation>
    </message>
    <message>
        <source>! not measured</source>
        <translation>! nicht gemessen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HeatmapPage</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 at %2 bits per weight: %3</source>
        <translation>%1 mit %2 Bit pro Gewicht: %3</translation>
    </message>
    <message>
        <source>Heatmap of layers and roles; the table holds the same</source>
        <translation>Heatmap aus Schichten und Rollen; die Tabelle enthält dasselbe</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>viridis</source>
        <translation>viridis</translation>
    </message>
    <message>
        <source>cividis</source>
        <translation>cividis</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>Farbtabelle</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>Log-Skala</translation>
    </message>
    <message>
        <source>Print bits</source>
        <translation>Bits zeigen</translation>
    </message>
    <message>
        <source>&amp;Colour by</source>
        <translation>&amp;Farbe nach</translation>
    </message>
    <message>
        <source>Enter opens the experts.</source>
        <translation>Eingabe öffnet die Experten.</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n expert(s), %1 to %2 bits</source>
        <translation>
            <numerusform>%n Experte, %1 bis %2 Bit</numerusform>
            <numerusform>%n Experten, %1 bis %2 Bit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HeatmapView</name>
    <message>
        <source>Heatmap of layers and roles</source>
        <translation>Heatmap aus Schichten und Rollen</translation>
    </message>
    <message>
        <source>The table shows the same tensors as text.</source>
        <translation>Die Tabelle zeigt dieselben Tensoren als Text.</translation>
    </message>
    <message>
        <source>Click selects the row, dragging several; Ctrl adds</source>
        <translation>Klicken wählt die Zeile, Ziehen mehrere; Strg fügt hinzu</translation>
    </message>
    <message>
        <source>Click selects the column, dragging several; Ctrl adds</source>
        <translation>Klicken wählt die Spalte, Ziehen mehrere; Strg fügt hinzu</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::HistogramView</name>
    <message>
        <source>Histogram of weights</source>
        <translation>Histogramm der Gewichte</translation>
    </message>
    <message>
        <source>clip range</source>
        <translation>Kappbereich</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::JobNotices</name>
    <message>
        <source>%1 is analysed.</source>
        <translation>%1 ist analysiert.</translation>
    </message>
    <message>
        <source>The export is written and verified.</source>
        <translation>Der Export ist geschrieben und geprüft.</translation>
    </message>
    <message>
        <source>The export failed.</source>
        <translation>Der Export ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Bitloupe</source>
        <translation>Bitloupe</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::LayerTreeModel</name>
    <message>
        <source>layers %1–%2</source>
        <translation>Schichten %1–%2</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MainWindow</name>
    <message>
        <source>Bitloupe</source>
        <translation>Bitloupe</translation>
    </message>
    <message>
        <source>Table of tensors</source>
        <translation>Tabelle der Tensoren</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tier %1, inputs from %2.</source>
        <translation>Stufe %1, Eingänge aus %2.</translation>
    </message>
    <message>
        <source>Tier 1 until the probe is done. No data.</source>
        <translation>Stufe 1, bis die Sondierung fertig ist. Keine Daten.</translation>
    </message>
    <message>
        <source>Bitloupe %1</source>
        <translation>Bitloupe %1</translation>
    </message>
    <message>
        <source>For llama.cpp&apos;s quantizer, by its tensor names</source>
        <translation>Für den Quantisierer von llama.cpp, mit dessen Tensornamen</translation>
    </message>
    <message>
        <source>There are no inputs without a probe</source>
        <translation>Ohne Sondierung gibt es keine Eingänge</translation>
    </message>
    <message>
        <source>Findings %1</source>
        <translation>Befunde %1</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
    <message>
        <source>Open a model&apos;s folder</source>
        <translation>Den Ordner eines Modells öffnen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tree of tensors</source>
        <translation>Baum der Tensoren</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Budget and plan</source>
        <translation>Budget und Plan</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Save &amp;table as shown...</source>
        <translation>&amp;Tabelle wie gezeigt speichern...</translation>
    </message>
    <message>
        <source>Save table of a&amp;ll...</source>
        <translation>Tabelle von &amp;allem speichern...</translation>
    </message>
    <message>
        <source>Save &amp;report...</source>
        <translation>&amp;Bericht speichern...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Copy &amp;headless command</source>
        <translation>Befehl o&amp;hne Fenster kopieren</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Save &amp;picture...</source>
        <translation>B&amp;ild speichern...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Comma-separated (*.csv);;Tab-separated (*.tsv)</source>
        <translation>Durch Komma getrennt (*.csv);;Durch Tabulator getrennt (*.tsv)</translation>
    </message>
    <message>
        <source>Save a report of the plan</source>
        <translation>Bericht über den Plan speichern</translation>
    </message>
    <message>
        <source>Page for the browser (*.html);;Fragment for a model card (*.md)</source>
        <translation>Seite für den Browser (*.html);;Abschnitt für eine Modellkarte (*.md)</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>Der Befehl ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Anleitung</translation>
    </message>
    <message>
        <source>&amp;About Bitloupe</source>
        <translation>Ü&amp;ber Bitloupe</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>The window speaks it from the next start on.</source>
        <translation>Das Fenster spricht sie ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>About Bitloupe</source>
        <translation>Über Bitloupe</translation>
    </message>
    <message>
        <source>&lt;b&gt;Bitloupe %1&lt;/b&gt;&lt;p&gt;Looks into the weights of language models and quantizes them.&lt;p&gt;Predicted damage is computed from the weights alone; it is a prediction, not a measurement.&lt;p&gt;GNU General Public License, version 3 or later.</source>
        <translation>&lt;b&gt;Bitloupe %1&lt;/b&gt;&lt;p&gt;Schaut in die Gewichte von Sprachmodellen und quantisiert sie.&lt;p&gt;Der vorhergesagte Schaden wird allein aus den Gewichten berechnet; er ist eine Vorhersage, keine Messung.&lt;p&gt;GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>Filter: text, /regex/, bits&lt;=3</source>
        <translation>Filter: Text, /Regex/, bits&lt;=3</translation>
    </message>
    <message>
        <source>Filter tensors</source>
        <translation>Tensoren filtern</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open file...</source>
        <translation>Datei ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>Open f&amp;older...</source>
        <translation>&amp;Ordner öffnen...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>Das &amp;Beispiel öffnen</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren...</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>&amp;Close model</source>
        <translation>Modell &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Import importance matrix...</source>
        <translation>&amp;Wichtigkeitsmatrix einlesen...</translation>
    </message>
    <message>
        <source>Inputs measured by llama.cpp&apos;s imatrix stand in for the probe&apos;s</source>
        <translation>Eingänge, die imatrix von llama.cpp maß, ersetzen die der Sondierung</translation>
    </message>
    <message>
        <source>Save i&amp;mportance matrix...</source>
        <translation>Wichtigkeits&amp;matrix speichern...</translation>
    </message>
    <message>
        <source>&amp;Drop importance matrix</source>
        <translation>Wichtigkeitsmatrix &amp;verwerfen</translation>
    </message>
    <message>
        <source>Import an importance matrix</source>
        <translation>Eine Wichtigkeitsmatrix einlesen</translation>
    </message>
    <message>
        <source>Importance matrices (*.dat *.gguf *.imatrix);;All files (*)</source>
        <translation>Wichtigkeitsmatrizen (*.dat *.gguf *.imatrix);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the importance matrix</source>
        <translation>Die Wichtigkeitsmatrix speichern</translation>
    </message>
    <message>
        <source>Importance matrices (*.dat);;All files (*)</source>
        <translation>Wichtigkeitsmatrizen (*.dat);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig:</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen:</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>&amp;Select what the filter shows</source>
        <translation>Aus&amp;wählen, was der Filter zeigt</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Heatmap</source>
        <translation>&amp;Heatmap</translation>
    </message>
    <message>
        <source>Ctrl+1</source>
        <translation>Ctrl+1</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>Ctrl+2</source>
        <translation>Ctrl+2</translation>
    </message>
    <message>
        <source>&amp;Key-values of a GGUF model...</source>
        <translation>Schlüssel und &amp;Werte eines GGUF-Modells...</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>&amp;Analyse again</source>
        <translation>Erneut &amp;analysieren</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>&amp;Rule from the filter...</source>
        <translation>&amp;Regel aus dem Filter...</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Clear pins</source>
        <translation>Alle &amp;freigeben</translation>
    </message>
    <message>
        <source>P&amp;robe</source>
        <translation>&amp;Sondierung</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatisch</translation>
    </message>
    <message>
        <source>As deep as the model&apos;s architecture allows</source>
        <translation>So tief, wie es die Architektur des Modells erlaubt</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>The weights alone: tier 1</source>
        <translation>Die Gewichte allein: Stufe 1</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>What flows into each matrix: tier 2</source>
        <translation>Was in jede Matrix fließt: Stufe 2</translation>
    </message>
    <message>
        <source>F&amp;ull</source>
        <translation>V&amp;oll</translation>
    </message>
    <message>
        <source>And what the output does with it: tier 3</source>
        <translation>Und was der Ausgang daraus macht: Stufe 3</translation>
    </message>
    <message>
        <source>Words, /regular expression/, bits&lt;=3, role:attn, layer:4-9, pinned</source>
        <translation>Wörter, /regulärer Ausdruck/, bits&lt;=3, role:attn, layer:4-9, pinned</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>T&amp;ypes as in a GGUF file...</source>
        <translation>T&amp;ypen wie in einer GGUF-Datei...</translation>
    </message>
    <message>
        <source>C&amp;ompare with a GGUF file...</source>
        <translation>&amp;Mit einer GGUF-Datei vergleichen...</translation>
    </message>
    <message>
        <source>Pins every tensor to the type that it has there</source>
        <translation>Legt jeden Tensor auf den Typ fest, den er dort hat</translation>
    </message>
    <message>
        <source>Shows what that mix would be as a point beside this plan</source>
        <translation>Zeigt diese Mischung als Punkt neben diesem Plan</translation>
    </message>
    <message>
        <source>Read the types of %1.</source>
        <translation>Typen von %1 gelesen.</translation>
    </message>
    <message>
        <source>pin to %1</source>
        <translation>auf %1 festlegen</translation>
    </message>
    <message>
        <source>%1 of the selected tensors cannot take %2: their rows do not fit its blocks.</source>
        <translation>%1 der ausgewählten Tensoren können %2 nicht aufnehmen: Ihre Zeilen passen nicht in dessen Blöcke.</translation>
    </message>
    <message>
        <source>A GGUF file whose mix to read</source>
        <translation>Eine GGUF-Datei, deren Mischung gelesen wird</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf);;All files (*)</source>
        <translation>GGUF-Dateien (*.gguf);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>Ctrl+3</source>
        <translation>Ctrl+3</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Saved plans</source>
        <translation>Gespeicherte Pläne</translation>
    </message>
    <message numerus="yes">
        <source>%n pin(s) of the project were for tensors that are not there.</source>
        <translation>
            <numerusform>%n Festlegung des Projekts galt einem Tensor, den es nicht gibt.</numerusform>
            <numerusform>%n Festlegungen des Projekts galten Tensoren, die es nicht gibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open &amp;project...</source>
        <translation>&amp;Projekt öffnen...</translation>
    </message>
    <message>
        <source>Sa&amp;ve project</source>
        <translation>Projekt s&amp;peichern</translation>
    </message>
    <message>
        <source>Save project &amp;as...</source>
        <translation>Projekt speichern &amp;unter...</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Projects (*.bitloupe);;All files (*)</source>
        <translation>Projekte (*.bitloupe);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Das Projekt speichern</translation>
    </message>
    <message>
        <source>Projects (*.bitloupe)</source>
        <translation>Projekte (*.bitloupe)</translation>
    </message>
    <message>
        <source>The folder of the project&apos;s model</source>
        <translation>Der Ordner des Modells dieses Projekts</translation>
    </message>
    <message>
        <source>The project&apos;s model</source>
        <translation>Das Modell dieses Projekts</translation>
    </message>
    <message>
        <source>%1[*] — Bitloupe</source>
        <translation>%1[*] — Bitloupe</translation>
    </message>
    <message>
        <source>Drop to open this</source>
        <translation>Ablegen, um dies zu öffnen</translation>
    </message>
    <message>
        <source>%1 (project)</source>
        <translation>%1 (Projekt)</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Nicht gespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Save the changes to the plan of %1 in a project?</source>
        <translation>Die Änderungen am Plan von %1 in einem Projekt speichern?</translation>
    </message>
    <message>
        <source>Budget, pins, rules and saved plans are lost otherwise. Scores are kept.</source>
        <translation>Sonst gehen Budget, Festlegungen, Regeln und gespeicherte Pläne verloren. Die Bewertungen bleiben.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MemoryBar</name>
    <message>
        <source>Memory use</source>
        <translation>Speicherbedarf</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MemorySum</name>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Fits: %1 of %2</source>
        <translation>Passt: %1 von %2</translation>
    </message>
    <message>
        <source>Does not fit: %1 of %2</source>
        <translation>Passt nicht: %1 von %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MetadataDialog</name>
    <message>
        <source>Key-values of %1</source>
        <translation>Schlüssel und Werte von %1</translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation>Schlüssel und Werte suchen</translation>
    </message>
    <message>
        <source>Key-values</source>
        <translation>Schlüssel und Werte</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::MetadataModel</name>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ModelDialog</name>
    <message>
        <source>Models (*.safetensors *.index.json *.gguf);;All files (*)</source>
        <translation>Modelle (*.safetensors *.index.json *.gguf);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ModelPanel</name>
    <message>
        <source>of its own</source>
        <translation>eigener</translation>
    </message>
    <message>
        <source>tied to embed</source>
        <translation>mit embed geteilt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1, layers: %2</source>
        <translation>%1, Schichten: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>GGUF %1</source>
        <translation>GGUF %1</translation>
    </message>
    <message>
        <source>%1, decisions: %2</source>
        <translation>%1, wählbar: %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PictureDialog</name>
    <message>
        <source>Save a picture</source>
        <translation>Ein Bild speichern</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>PNG, pixels</source>
        <translation>PNG, Pixel</translation>
    </message>
    <message>
        <source>SVG, lines and text</source>
        <translation>SVG, Linien und Text</translation>
    </message>
    <message>
        <source>PDF, lines and text</source>
        <translation>PDF, Linien und Text</translation>
    </message>
    <message>
        <source> x</source>
        <translation> x</translation>
    </message>
    <message>
        <source>&amp;Plot</source>
        <translation>&amp;Grafik</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Scale</source>
        <translation>&amp;Maßstab</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>Speichern...</translation>
    </message>
    <message>
        <source>There is no plot to save.</source>
        <translation>Es gibt keine Grafik zu speichern.</translation>
    </message>
    <message>
        <source>%1 × %2, on white</source>
        <translation>%1 × %2, auf Weiß</translation>
    </message>
    <message>
        <source>plot</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>%1 exists already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PinsBox</name>
    <message>
        <source>Clear pins</source>
        <translation>Alle freigeben</translation>
    </message>
    <message>
        <source>Pins: %1</source>
        <translation>Festgelegt: %1</translation>
    </message>
    <message>
        <source>By hand: %1</source>
        <translation>Von Hand: %1</translation>
    </message>
    <message>
        <source>By rules with a pattern: %1</source>
        <translation>Durch Regeln mit Muster: %1</translation>
    </message>
    <message>
        <source>Held to at least some bits: %1</source>
        <translation>Auf mindestens so viele Bits gehalten: %1</translation>
    </message>
    <message>
        <source>What rules pin is freed in the list of rules</source>
        <translation>Was Regeln festlegen, wird in der Liste der Regeln freigegeben</translation>
    </message>
    <message>
        <source>Nothing is pinned by hand</source>
        <translation>Von Hand ist nichts festgelegt</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::PlanEditor</name>
    <message>
        <source>move budget</source>
        <translation>Budget ändern</translation>
    </message>
    <message>
        <source>free</source>
        <translation>freigeben</translation>
    </message>
    <message>
        <source>clear pins</source>
        <translation>alle freigeben</translation>
    </message>
    <message>
        <source>lock quality</source>
        <translation>Qualität festhalten</translation>
    </message>
    <message>
        <source>lock size</source>
        <translation>Größe festhalten</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProgressPace</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>, %1/s, %2 left</source>
        <translation>, %1/s, noch %2</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectChoicesModel</name>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectKeeper</name>
    <message>
        <source>The model is not where it was: %1</source>
        <translation>Das Modell ist nicht mehr, wo es war: %1</translation>
    </message>
    <message>
        <source>That is another model: found digest %1, expected %2</source>
        <translation>Das ist ein anderes Modell: Prüfsumme %1 gefunden, %2 erwartet</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ProjectPage</name>
    <message numerus="yes">
        <source>%n tensor(s) by hand</source>
        <translation>
            <numerusform>%n Tensor von Hand</numerusform>
            <numerusform>%n Tensoren von Hand</numerusform>
        </translation>
    </message>
    <message>
        <source>Pin: %1 to %2</source>
        <translation>Festgelegt: %1 auf %2</translation>
    </message>
    <message>
        <source>At least: %1, %2</source>
        <translation>Mindestens: %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more rule(s)</source>
        <translation>
            <numerusform>und %n weitere Regel</numerusform>
            <numerusform>und %n weitere Regeln</numerusform>
        </translation>
    </message>
    <message>
        <source>Choices of the saved plan</source>
        <translation>Wahl des gespeicherten Plans</translation>
    </message>
    <message>
        <source>Find the model&apos;s &amp;file...</source>
        <translation>&amp;Datei des Modells suchen...</translation>
    </message>
    <message>
        <source>Find the model&apos;s f&amp;older...</source>
        <translation>&amp;Ordner des Modells suchen...</translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation>Projekt &amp;schließen</translation>
    </message>
    <message>
        <source>%1, read-only</source>
        <translation>%1, nur lesbar</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RateCurveView</name>
    <message>
        <source>Rate and error</source>
        <translation>Rate und Fehler</translation>
    </message>
    <message>
        <source>bits per weight, scales included</source>
        <translation>Bits pro Gewicht, mit Skalen</translation>
    </message>
    <message>
        <source>round to nearest</source>
        <translation>auf nächsten gerundet</translation>
    </message>
    <message>
        <source>this encoder</source>
        <translation>dieser Kodierer</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RecentModelList</name>
    <message>
        <source>not found at its place</source>
        <translation>nicht an seinem Ort gefunden</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Last opened</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RecipeButtons</name>
    <message>
        <source>For &amp;llama-quantize...</source>
        <translation>Für &amp;llama-quantize...</translation>
    </message>
    <message>
        <source>The types of this plan, for --tensor-type-file</source>
        <translation>Die Typen dieses Plans, für --tensor-type-file</translation>
    </message>
    <message>
        <source>For &amp;ik_llama.cpp...</source>
        <translation>Für &amp;ik_llama.cpp...</translation>
    </message>
    <message>
        <source>The types of this plan, for --custom-q</source>
        <translation>Die Typen dieses Plans, für --custom-q</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Das Rezept speichern</translation>
    </message>
    <message>
        <source>Text (*.txt);;All files (*)</source>
        <translation>Text (*.txt);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RivalsTable</name>
    <message>
        <source>Uniform %1</source>
        <translation>Einheitlich %1</translation>
    </message>
    <message>
        <source>Uniform %1 bits</source>
        <translation>Einheitlich %1 Bit</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Einheitlich</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>predicted damage</source>
        <translation>vorherges. Schaden</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>This plan (preview)</source>
        <translation>Dieser Plan (Vorschau)</translation>
    </message>
    <message>
        <source>This plan</source>
        <translation>Dieser Plan</translation>
    </message>
    <message>
        <source>llama.cpp %1</source>
        <translation>llama.cpp %1</translation>
    </message>
    <message>
        <source>MINT</source>
        <translation>MINT</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RuleForm</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Regular expression, as in layers\.0\.</source>
        <translation>Regulärer Ausdruck, etwa layers\.0\.</translation>
    </message>
    <message>
        <source>Pattern of a new rule</source>
        <translation>Muster einer neuen Regel</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>festlegen</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>What a new rule asks</source>
        <translation>Was eine neue Regel verlangt</translation>
    </message>
    <message>
        <source>Codec of a new rule</source>
        <translation>Codec einer neuen Regel</translation>
    </message>
    <message>
        <source>Write a pattern that finds at least one tensor</source>
        <translation>Schreiben Sie ein Muster, das mindestens einen Tensor findet</translation>
    </message>
    <message>
        <source>Finds tensors by name, anywhere in it.</source>
        <translation>Findet Tensoren nach ihrem Namen, überall darin.</translation>
    </message>
    <message>
        <source>Finds %1 of %2 tensors.</source>
        <translation>Findet %1 von %2 Tensoren.</translation>
    </message>
    <message>
        <source>Finds no tensor.</source>
        <translation>Findet keinen Tensor.</translation>
    </message>
    <message>
        <source>Add this rule at the end of the list</source>
        <translation>Diese Regel ans Ende der Liste setzen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RulesModel</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>pin</source>
        <translation>festlegen</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Switched off: the solver does not hear it.</source>
        <translation>Ausgeschaltet: Der Löser hört sie nicht.</translation>
    </message>
    <message>
        <source>Not counted yet.</source>
        <translation>Noch nicht gezählt.</translation>
    </message>
    <message>
        <source>No tensor has such a name.</source>
        <translation>Kein Tensor heißt so.</translation>
    </message>
    <message numerus="yes">
        <source>Speaks of %n tensor(s).</source>
        <translation>
            <numerusform>Spricht von %n Tensor.</numerusform>
            <numerusform>Spricht von %n Tensoren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) follow it in this plan.</source>
        <translation>
            <numerusform>%n Tensor folgt ihr in diesem Plan.</numerusform>
            <numerusform>%n Tensoren folgen ihr in diesem Plan.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) cannot take this codec.</source>
        <translation>
            <numerusform>%n Tensor kann diesen Codec nicht aufnehmen.</numerusform>
            <numerusform>%n Tensoren können diesen Codec nicht aufnehmen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) follow a later rule, or have no choice.</source>
        <translation>
            <numerusform>%n Tensor folgt einer späteren Regel oder hat keine Wahl.</numerusform>
            <numerusform>%n Tensoren folgen einer späteren Regel oder haben keine Wahl.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Touches</source>
        <translation>Betrifft</translation>
    </message>
    <message>
        <source>switch a rule on</source>
        <translation>eine Regel einschalten</translation>
    </message>
    <message>
        <source>switch a rule off</source>
        <translation>eine Regel ausschalten</translation>
    </message>
    <message>
        <source>change a rule</source>
        <translation>eine Regel ändern</translation>
    </message>
    <message>
        <source>A rule needs a regular expression.</source>
        <translation>Eine Regel braucht einen regulären Ausdruck.</translation>
    </message>
    <message>
        <source>move a rule</source>
        <translation>eine Regel verschieben</translation>
    </message>
    <message>
        <source>remove a rule</source>
        <translation>eine Regel entfernen</translation>
    </message>
    <message>
        <source>remove rules</source>
        <translation>Regeln entfernen</translation>
    </message>
    <message>
        <source>add a rule</source>
        <translation>eine Regel hinzufügen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::RulesPanel</name>
    <message>
        <source>Rules of the plan, the last one that applies counts</source>
        <translation>Regeln des Plans; die letzte zutreffende zählt</translation>
    </message>
    <message>
        <source>No rules yet: the solver is free.

Select cells and press 2 to 8 to pin them, or write a pattern below.</source>
        <translation>Noch keine Regeln: Der Löser ist frei.

Wählen Sie Zellen und drücken Sie 2 bis 8, um sie festzulegen, oder schreiben Sie unten ein Muster.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Let it be heard earlier</source>
        <translation>Soll früher gehört werden</translation>
    </message>
    <message>
        <source>Ctrl+Up</source>
        <translation>Ctrl+Up</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Runter</translation>
    </message>
    <message>
        <source>Let it be heard later: later rules win</source>
        <translation>Soll später gehört werden: Spätere Regeln gewinnen</translation>
    </message>
    <message>
        <source>Ctrl+Down</source>
        <translation>Ctrl+Down</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the selected rules</source>
        <translation>Die ausgewählten Regeln entfernen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Select the tensors it speaks of</source>
        <translation>Die Tensoren auswählen, von denen sie spricht</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SavedPlans</name>
    <message>
        <source>Plan %1</source>
        <translation>Plan %1</translation>
    </message>
    <message>
        <source>no plan</source>
        <translation>kein Plan</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>bpw</source>
        <translation>bpw</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>Schaden</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SavedPlansPanel</name>
    <message>
        <source>&amp;Save this plan</source>
        <translation>Diesen Plan &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Recall</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Saved plans</source>
        <translation>Gespeicherte Pläne</translation>
    </message>
    <message>
        <source>Puts budget, rules and choices aside under a name; F2 renames</source>
        <translation>Legt Budget, Regeln und Wahl unter einem Namen beiseite; F2 benennt um</translation>
    </message>
    <message>
        <source>Budget and rules as they were; undo takes that back</source>
        <translation>Budget und Regeln, wie sie waren; Rückgängig nimmt das zurück</translation>
    </message>
    <message>
        <source>A project holds %1 plans at most.</source>
        <translation>Ein Projekt fasst höchstens %1 Pläne.</translation>
    </message>
    <message>
        <source>The plan is for another target, which this model cannot have now.</source>
        <translation>Der Plan ist für ein anderes Ziel, das dieses Modell jetzt nicht haben kann.</translation>
    </message>
    <message>
        <source>recall %1</source>
        <translation>%1 zurückholen</translation>
    </message>
    <message numerus="yes">
        <source>%n pin(s) were for tensors that this model has not.</source>
        <translation>
            <numerusform>%n Festlegung galt einem Tensor, den dieses Modell nicht hat.</numerusform>
            <numerusform>%n Festlegungen galten Tensoren, die dieses Modell nicht hat.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>Gelöscht: %1</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ScaleEditor</name>
    <message>
        <source>Colour scale</source>
        <translation>Farbskala</translation>
    </message>
    <message>
        <source>&amp;Log scale</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Ends as the values have them</source>
        <translation>Enden, wie die Werte sie haben</translation>
    </message>
    <message>
        <source>Lo&amp;west</source>
        <translation>Kl&amp;einster</translation>
    </message>
    <message>
        <source>&amp;Highest</source>
        <translation>&amp;Größter</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>The lowest must be below the highest.</source>
        <translation>Der kleinste muss unter dem größten liegen.</translation>
    </message>
    <message>
        <source>A log scale has no place for zero or less.</source>
        <translation>Eine logarithmische Skala hat keinen Platz für null oder weniger.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SelectionActions</name>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>Key %1 on the cells</source>
        <translation>Taste %1 auf den Zellen</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>&amp;Exclude: keep 16 bits</source>
        <translation>&amp;Ausnehmen: 16 Bit behalten</translation>
    </message>
    <message>
        <source>Stays as it is; key 1 on the cells</source>
        <translation>Bleibt, wie es ist; Taste 1 auf den Zellen</translation>
    </message>
    <message>
        <source>&amp;Same as the current</source>
        <translation>&amp;Wie die aktuelle</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>The codec of the cell chosen last, for all that are selected</source>
        <translation>Der Codec der zuletzt gewählten Zelle, für alle ausgewählten</translation>
    </message>
    <message>
        <source>&amp;Free</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>Forgets what was asked by hand; key 0 on the cells</source>
        <translation>Vergisst, was von Hand verlangt war; Taste 0 auf den Zellen</translation>
    </message>
    <message>
        <source>&amp;Pin to</source>
        <translation>Festle&amp;gen auf</translation>
    </message>
    <message>
        <source>&amp;At least</source>
        <translation>&amp;Mindestens</translation>
    </message>
    <message>
        <source>&amp;Same as %1</source>
        <translation>&amp;Wie %1</translation>
    </message>
    <message>
        <source>The selection cannot take %1 bits: its rows do not fit the groups.</source>
        <translation>Die Auswahl kann %1 Bit nicht aufnehmen: Ihre Zeilen passen nicht in die Gruppen.</translation>
    </message>
    <message>
        <source>pin to %1 bits</source>
        <translation>auf %1 Bit festlegen</translation>
    </message>
    <message>
        <source>pin %1 tensors to %2 bits</source>
        <translation>%1 Tensoren auf %2 Bit festlegen</translation>
    </message>
    <message>
        <source>Nothing selected has a codec of %1 bits.</source>
        <translation>Nichts Ausgewähltes hat einen Codec mit %1 Bit.</translation>
    </message>
    <message>
        <source>hold at %1 bits or more</source>
        <translation>bei %1 Bit oder mehr halten</translation>
    </message>
    <message>
        <source>pin %1 tensors alike</source>
        <translation>%1 Tensoren gleich festlegen</translation>
    </message>
    <message>
        <source>Rules by pattern still apply to the selection; see the list of rules.</source>
        <translation>Regeln nach Muster gelten weiter für die Auswahl; siehe die Liste der Regeln.</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Session</name>
    <message>
        <source>The probe was stopped.</source>
        <translation>Die Sondierung wurde angehalten.</translation>
    </message>
    <message>
        <source>types as in %1</source>
        <translation>Typen wie in %1</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ShortcutModel</name>
    <message>
        <source>%1 &gt; %2</source>
        <translation>%1 &gt; %2</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Jetzt nicht möglich</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>Was sie tun</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::ShortcutSheet</name>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Heatmap, table and tree</source>
        <translation>Heatmap, Tabelle und Baum</translation>
    </message>
    <message>
        <source>Arrows, Home, End</source>
        <translation>Pfeile, Pos1, Ende</translation>
    </message>
    <message>
        <source>Walk the cells</source>
        <translation>Durch die Zellen gehen</translation>
    </message>
    <message>
        <source>Shift + arrows</source>
        <translation>Umschalt + Pfeile</translation>
    </message>
    <message>
        <source>Extend the selection</source>
        <translation>Die Auswahl erweitern</translation>
    </message>
    <message>
        <source>Shift+Space</source>
        <translation>Umschalt+Leertaste</translation>
    </message>
    <message>
        <source>Select the whole layer</source>
        <translation>Die ganze Schicht auswählen</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Strg+Leertaste</translation>
    </message>
    <message>
        <source>Select the whole column</source>
        <translation>Die ganze Spalte auswählen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <source>Select everything</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Open or close a cell&apos;s experts</source>
        <translation>Die Experten einer Zelle öffnen oder schließen</translation>
    </message>
    <message>
        <source>Pin the selection at these bits</source>
        <translation>Die Auswahl auf so viele Bits festlegen</translation>
    </message>
    <message>
        <source>Keep the selection at 16 bits</source>
        <translation>Die Auswahl bei 16 Bit lassen</translation>
    </message>
    <message>
        <source>Free the selection</source>
        <translation>Die Auswahl freigeben</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>Menütaste</translation>
    </message>
    <message>
        <source>What can be done with the selection</source>
        <translation>Was sich mit der Auswahl tun lässt</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Strg + Mausrad</translation>
    </message>
    <message>
        <source>Zoom the rows</source>
        <translation>Die Zeilen vergrößern</translation>
    </message>
    <message>
        <source>Space, on the colour scale</source>
        <translation>Leertaste, auf der Farbskala</translation>
    </message>
    <message>
        <source>Set the ends of the colours</source>
        <translation>Die Enden der Farben setzen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search keys and what they do</source>
        <translation>Tasten und ihre Wirkung suchen</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SpectrumView</name>
    <message>
        <source>Leading singular values</source>
        <translation>Führende Singulärwerte</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::SplitChoice</name>
    <message>
        <source>Split into files</source>
        <translation>In Dateien teilen</translation>
    </message>
    <message>
        <source>one file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>files of %1 GB</source>
        <translation>Dateien von %1 GB</translation>
    </message>
    <message>
        <source>files of %1</source>
        <translation>Dateien von %1</translation>
    </message>
    <message>
        <source>planning...</source>
        <translation>plant...</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StalePartialsBar</name>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete what an unfinished export left</source>
        <translation>Löschen, was ein unfertiger Export hinterließ</translation>
    </message>
    <message>
        <source>An export that did not end left %1 here.</source>
        <translation>Ein Export, der nicht endete, hat %1 hier hinterlassen.</translation>
    </message>
    <message numerus="yes">
        <source>Exports that did not end left %1 and %n more here.</source>
        <translation>
            <numerusform>Exporte, die nicht endeten, haben %1 und %n weiteren Rest hier hinterlassen.</numerusform>
            <numerusform>Exporte, die nicht endeten, haben %1 und %n weitere Reste hier hinterlassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StartPage</name>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
    <message>
        <source>safetensors and GGUF, any size; the weights are only read</source>
        <translation>safetensors und GGUF, jede Größe; die Gewichte werden nur gelesen</translation>
    </message>
    <message>
        <source>&amp;Open file...</source>
        <translation>Datei ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>Open &amp;folder...</source>
        <translation>&amp;Ordner öffnen...</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>A small model that is built in, to try everything at once</source>
        <translation>Ein kleines mitgeliefertes Modell, um gleich alles auszuprobieren</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>Das &amp;Beispiel öffnen</translation>
    </message>
    <message>
        <source>The sample was not installed with the program.</source>
        <translation>Das Beispiel wurde nicht mit dem Programm installiert.</translation>
    </message>
    <message>
        <source>Nothing is sent anywhere. No calibration data is needed.</source>
        <translation>Nichts wird irgendwohin gesendet. Kalibrierdaten sind nicht nötig.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Enter opens, Delete removes from the list</source>
        <translation>Eingabe öffnet, Entf nimmt aus der Liste</translation>
    </message>
    <message>
        <source>Recent models and projects</source>
        <translation>Zuletzt geöffnete Modelle und Projekte</translation>
    </message>
    <message>
        <source>Filter what was opened recently</source>
        <translation>Zuletzt Geöffnetes filtern</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::StatusLine</name>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Öffnet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analysiert</translation>
    </message>
    <message>
        <source>Analysis stopped; F5 starts it again. The plan is a preview.</source>
        <translation>Analyse angehalten; F5 startet sie neu. Der Plan ist eine Vorschau.</translation>
    </message>
    <message>
        <source>Analysed before: %1, read from the cache.</source>
        <translation>Früher analysiert: %1, aus dem Cache gelesen.</translation>
    </message>
    <message>
        <source>Analysed, %1 in %2 s. Read from the cache next time.</source>
        <translation>Analysiert, %1 in %2 s. Nächstes Mal aus dem Cache.</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <translation>%1 %2 %</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TargetChoice</name>
    <message>
        <source>Quantize again...</source>
        <translation>Erneut quantisieren...</translation>
    </message>
    <message>
        <source>Export target</source>
        <translation>Exportziel</translation>
    </message>
    <message>
        <source>To look at only</source>
        <translation>Nur zum Ansehen</translation>
    </message>
    <message>
        <source>Quantized already</source>
        <translation>Schon quantisiert</translation>
    </message>
    <message>
        <source>Quantized again: adds error</source>
        <translation>Erneut quantisiert: mehr Fehler</translation>
    </message>
    <message>
        <source>Quantize again?</source>
        <translation>Erneut quantisieren?</translation>
    </message>
    <message>
        <source>These weights are quantized already. Quantizing them again adds error to what they have lost; weights of full precision give a better result at the same size.</source>
        <translation>Diese Gewichte sind schon quantisiert. Sie erneut zu quantisieren fügt dem Verlorenen Fehler hinzu; Gewichte voller Genauigkeit geben bei gleicher Größe ein besseres Ergebnis.</translation>
    </message>
    <message>
        <source>Quantize again</source>
        <translation>Erneut quantisieren</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TensorPanel</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
    <message>
        <source>Error (NRMSE)</source>
        <translation>Fehler (NRMSE)</translation>
    </message>
    <message>
        <source>SWAN composite</source>
        <translation>SWAN-Gesamtmaß</translation>
    </message>
    <message>
        <source>Largest |w|</source>
        <translation>Größtes |w|</translation>
    </message>
    <message>
        <source>Why these bits</source>
        <translation>Warum diese Bits</translation>
    </message>
    <message>
        <source>Rate and error</source>
        <translation>Rate und Fehler</translation>
    </message>
    <message>
        <source>Weights, 256 bins, count</source>
        <translation>Gewichte, 256 Klassen, Anzahl</translation>
    </message>
    <message>
        <source>s: mean square of each input channel</source>
        <translation>s: mittleres Quadrat jedes Eingangskanals</translation>
    </message>
    <message>
        <source>f: mean squared gradient of each output</source>
        <translation>f: mittleres Gradientenquadrat jedes Ausgangs</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Let the plan choose</source>
        <translation>Den Plan wählen lassen</translation>
    </message>
    <message>
        <source>Pin at %1 bits</source>
        <translation>Auf %1 Bit festlegen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Festlegen</translation>
    </message>
    <message>
        <source>Pin to a block type</source>
        <translation>Auf einen Blocktyp festlegen</translation>
    </message>
    <message>
        <source>No tensor selected</source>
        <translation>Kein Tensor ausgewählt</translation>
    </message>
    <message>
        <source>Click a cell of the heatmap, or walk it with the arrow keys.</source>
        <translation>Klicken Sie auf eine Zelle der Heatmap oder gehen Sie mit den Pfeiltasten hindurch.</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 σ</source>
        <translation>%1 σ</translation>
    </message>
    <message>
        <source>Kept: %1.</source>
        <translation>Bleibt: %1.</translation>
    </message>
    <message>
        <source>%1 (%2 % of the plan)</source>
        <translation>%1 (%2 % des Plans)</translation>
    </message>
    <message>
        <source>unknown yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>%1 (%2 dB)</source>
        <translation>%1 (%2 dB)</translation>
    </message>
    <message>
        <source>%1 (published score)</source>
        <translation>%1 (veröffentlichtes Maß)</translation>
    </message>
    <message>
        <source>A probe finds this; see Plan &gt; Probe</source>
        <translation>Das findet eine Sondierung; siehe Plan &gt; Sondierung</translation>
    </message>
    <message>
        <source>Not computed yet</source>
        <translation>Noch nicht berechnet</translation>
    </message>
    <message>
        <source>Leading %1 singular values</source>
        <translation>Führende %1 Singulärwerte</translation>
    </message>
    <message>
        <source>Pin to a type...</source>
        <translation>Auf einen Typ festlegen...</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s) selected; keys 2 3 4 5 6 8, 0 clears</source>
        <translation>
            <numerusform>%n Tensor ausgewählt; Tasten 2 3 4 5 6 8, 0 gibt frei</numerusform>
            <numerusform>%n Tensoren ausgewählt; Tasten 2 3 4 5 6 8, 0 gibt frei</numerusform>
        </translation>
    </message>
    <message>
        <source>keys 2 3 4 5 6 8, 0 clears</source>
        <translation>Tasten 2 3 4 5 6 8, 0 gibt frei</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TensorTableModel</name>
    <message>
        <source>The longest weight block that the rows allow: those that are no multiple of 256 have no K types</source>
        <translation>Der längste Gewichtsblock, den die Zeilen erlauben: Ohne Vielfaches von 256 gibt es keine K-Typen</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Blocks of</source>
        <translation>Blöcke zu</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Predicted damage</source>
        <translation>Vorhergesagter Schaden</translation>
    </message>
    <message>
        <source>NRMSE</source>
        <translation>NRMSE</translation>
    </message>
    <message>
        <source>r (inputs)</source>
        <translation>r (Eingänge)</translation>
    </message>
    <message>
        <source>D (output)</source>
        <translation>D (Ausgang)</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::TierTable</name>
    <message>
        <source>Tier 1, weights</source>
        <translation>Stufe 1, Gewichte</translation>
    </message>
    <message>
        <source>Tier 2, inputs</source>
        <translation>Stufe 2, Eingänge</translation>
    </message>
    <message>
        <source>Tier 3, gradients</source>
        <translation>Stufe 3, Gradienten</translation>
    </message>
    <message>
        <source>Squared relative error of the weights, by the matrix&apos;s size</source>
        <translation>Quadrierter relativer Fehler der Gewichte, nach Größe der Matrix</translation>
    </message>
    <message>
        <source>r: squared error weighed by how much flows into each column</source>
        <translation>r: quadrierter Fehler, gewichtet danach, wie viel in jede Spalte fließt</translation>
    </message>
    <message>
        <source>D: squared error weighed by inputs and by the output&apos;s gradient</source>
        <translation>D: quadrierter Fehler, gewichtet nach Eingängen und Gradient des Ausgangs</translation>
    </message>
    <message>
        <source>Share of the whole plan&apos;s damage, as this tier counts it</source>
        <translation>Anteil am Schaden des ganzen Plans, wie diese Stufe ihn zählt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::UserDevicesModel</name>
    <message>
        <source>My device %1</source>
        <translation>Mein Gerät %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>Speicher, GiB</translation>
    </message>
    <message>
        <source>Usable, %</source>
        <translation>Nutzbar, %</translation>
    </message>
    <message>
        <source>Reserve, GiB</source>
        <translation>Reserve, GiB</translation>
    </message>
    <message>
        <source>Expected a number</source>
        <translation>Eine Zahl wird erwartet</translation>
    </message>
    <message>
        <source>There is a device of that name</source>
        <translation>Es gibt schon ein Gerät dieses Namens</translation>
    </message>
</context>
<context>
    <name>bitloupe::ui::Why</name>
    <message numerus="yes">
        <source>%n bits</source>
        <translation>
            <numerusform>%n Bit</numerusform>
            <numerusform>%n Bit</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, group %2</source>
        <translation>%1, Gruppe %2</translation>
    </message>
    <message>
        <source>group %1 to %2 at %3</source>
        <translation>Gruppe %1 zu %2 bei %3</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 zu %2</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>a rule</source>
        <translation>eine Regel</translation>
    </message>
    <message>
        <source>the rule %1</source>
        <translation>die Regel %1</translation>
    </message>
    <message>
        <source>Kept at %1: %2.</source>
        <translation>Bleibt bei %1: %2.</translation>
    </message>
    <message>
        <source>Pinned to %1 by %2.</source>
        <translation>Auf %1 festgelegt durch %2.</translation>
    </message>
    <message>
        <source>Kept at %1 or more by %2.</source>
        <translation>Bei mindestens %1 gehalten durch %2.</translation>
    </message>
    <message>
        <source>%1 would fall below the floor of %2 dB (%3 dB).</source>
        <translation>%1 läge unter der Grenze von %2 dB (%3 dB).</translation>
    </message>
    <message>
        <source>The uniform plan gives every tensor %1.</source>
        <translation>Der einheitliche Plan gibt jedem Tensor %1.</translation>
    </message>
    <message>
        <source>SWAN&apos;s codec cannot hold its %1 columns; %2 is the nearest that can.</source>
        <translation>SWANs Codec kann seine %1 Spalten nicht fassen; %2 ist der nächste, der es kann.</translation>
    </message>
    <message>
        <source>The uniform codec cannot hold its %1 columns; %2 is the nearest that can.</source>
        <translation>Der einheitliche Codec kann seine %1 Spalten nicht fassen; %2 ist der nächste, der es kann.</translation>
    </message>
    <message>
        <source>SWAN&apos;s rule protects it: %1.</source>
        <translation>SWANs Regel schützt ihn: %1.</translation>
    </message>
    <message>
        <source>Its composite score is unknown yet; SWAN&apos;s rule then gives %1.</source>
        <translation>Seine Gesamtbewertung ist noch unbekannt; SWANs Regel gibt dann %1.</translation>
    </message>
    <message>
        <source>SWAN&apos;s rule gives %1 at its composite score of %2.</source>
        <translation>SWANs Regel gibt %1 bei seiner Gesamtbewertung von %2.</translation>
    </message>
    <message>
        <source>MINT&apos;s knapsack gives it %1.</source>
        <translation>MINTs Rucksack gibt ihm %1.</translation>
    </message>
    <message>
        <source>The step from %1 removed %2.</source>
        <translation>Der Schritt von %1 nahm %2 weg.</translation>
    </message>
    <message>
        <source>%1 is the smallest choice it has.</source>
        <translation>%1 ist die kleinste Wahl, die er hat.</translation>
    </message>
    <message>
        <source>No larger choice would remove any more.</source>
        <translation>Keine größere Wahl nähme noch etwas weg.</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes; others buy more.</source>
        <translation>Der nächste Schritt, %1, nähme %2 für %3 Byte weg; andere bringen mehr.</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes; so many are not left in the budget.</source>
        <translation>Der nächste Schritt, %1, nähme %2 für %3 Byte weg; so viele sind im Budget nicht übrig.</translation>
    </message>
    <message>
        <source>The next step, %1, would remove %2 for %3 bytes.</source>
        <translation>Der nächste Schritt, %1, nähme %2 für %3 Byte weg.</translation>
    </message>
    <message>
        <source>Its damage is predicted with gradients (tier 3).</source>
        <translation>Sein Schaden ist mit Gradienten vorhergesagt (Stufe 3).</translation>
    </message>
    <message>
        <source>Its damage is predicted by a forward probe (tier 2).</source>
        <translation>Sein Schaden ist durch eine Vorwärtssondierung vorhergesagt (Stufe 2).</translation>
    </message>
    <message>
        <source>Its damage is predicted from its weights alone (tier 1).</source>
        <translation>Sein Schaden ist nur aus seinen Gewichten vorhergesagt (Stufe 1).</translation>
    </message>
    <message>
        <source>%1 Reason: %2.</source>
        <translation>%1 Grund: %2.</translation>
    </message>
</context>
</TS>
