package dev.breakwater.platform.caching;

import static dev.breakwater.platform.caching.CacheUnderTest.text;
import static dev.breakwater.platform.caching.CacheUnderTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists, of which memory has some. */
class ManyKeysTest {

    private final CacheUnderTest things = new CacheUnderTest();
    private final CacheUnderTest.Database database = things.database;
    private final TwoLevelCache cache = things.cache;

    @Test
    void of_many_keys_those_that_memory_lacks_are_loaded_at_once_and_then_kept() {
        database.write("tea", 1, "green");
        database.write("cup", 1, "white");
        database.write("pot", 1, "black");
        cache.get("cup");
        database.loaded.clear();
        var keys = List.of("pot", "cup", "lid", "tea");
        assertThat(texts(cache.getAll(keys, database::loadAll))).containsExactly("black", "white", "green");
        assertThat(database.loaded).containsExactly("pot", "lid", "tea");
        database.loaded.clear();
        assertThat(texts(cache.getAll(List.of("tea", "pot"), database::loadAll)))
                .containsExactly("green", "black");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
        assertThat(database.loaded).isEmpty();
    }

    @Test
    void of_many_keys_one_that_is_changed_while_it_is_loaded_is_shown_as_it_is_now() {
        database.write("tea", 1, "green");
        database.write("cup", 1, "white");
        database.whileLoading = () -> {
            database.whileLoading = () -> {};
            database.write("tea", 2, "black");
            cache.invalidate("tea", 2);
        };
        assertThat(texts(cache.getAll(List.of("tea", "cup"), database::loadAll)))
                .containsExactly("black", "white");
        assertThat(text(cache.get("tea"))).isEqualTo("black");
    }

    @Test
    void of_many_keys_one_that_was_not_there_is_looked_for_again() {
        assertThat(cache.get("tea").cached().isAbsent()).isTrue();
        database.write("tea", 1, "green");
        assertThat(texts(cache.getAll(List.of("tea"), database::loadAll))).containsExactly("green");
        assertThat(text(cache.get("tea"))).isEqualTo("green");
    }
}
