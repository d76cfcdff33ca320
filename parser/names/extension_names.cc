// What the extensions that come with PostgreSQL hold. Written by tests/tools/builtin-names.
#include "parser/names/builtin_names.h"

namespace quoin::builtin {

const ExtensionNames extension_names[] = {
    {"bloom", "", "", "", "int4_ops text_ops ", ""},
    {"btree_gin", "", "gin_enum_cmp gin_numeric_cmp ", "",
     "bit_ops bool_ops bpchar_ops bytea_ops char_ops cidr_ops date_ops enum_ops float4_ops float8_ops inet_ops "
     "int2_ops int4_ops int8_ops interval_ops macaddr8_ops macaddr_ops money_ops name_ops numeric_ops oid_ops "
     "text_ops time_ops timestamp_ops timestamptz_ops timetz_ops uuid_ops varbit_ops varchar_ops ",
     ""},
    {"btree_gist", "gbtreekey16 gbtreekey2 gbtreekey32 gbtreekey4 gbtreekey8 gbtreekey_var ",
     "cash_dist date_dist float4_dist float8_dist gbtreekey16_out gbtreekey2_out gbtreekey32_out gbtreekey4_out "
     "gbtreekey8_out gbtreekey_var_out gist_translate_cmptype_btree int2_dist int4_dist int8_dist interval_dist "
     "oid_dist time_dist ts_dist tstz_dist ",
     "",
     "gist_bit_ops gist_bool_ops gist_bpchar_ops gist_bytea_ops gist_cash_ops gist_cidr_ops gist_date_ops "
     "gist_enum_ops gist_float4_ops gist_float8_ops gist_inet_ops gist_int2_ops gist_int4_ops gist_int8_ops "
     "gist_interval_ops gist_macaddr8_ops gist_macaddr_ops gist_numeric_ops gist_oid_ops gist_text_ops gist_time_ops "
     "gist_timestamp_ops gist_timestamptz_ops gist_timetz_ops gist_uuid_ops gist_vbit_ops ",
     "<-> date date <-> float4 float4 <-> float8 float8 <-> int2 int2 <-> int4 int4 <-> int8 int8 <-> interval "
     "interval <-> money money <-> oid oid <-> time time <-> timestamp timestamp <-> timestamptz timestamptz "},
    {"citext", "citext ",
     "citext citext_cmp citext_eq citext_ge citext_gt citext_hash citext_hash_extended citext_larger citext_le "
     "citext_lt citext_ne citext_pattern_cmp citext_pattern_ge citext_pattern_gt citext_pattern_le citext_pattern_lt "
     "citext_smaller citextout citextsend max min regexp_match regexp_matches regexp_replace regexp_split_to_array "
     "regexp_split_to_table replace split_part strpos texticlike texticnlike texticregexeq texticregexne translate ",
     "", "citext_ops citext_pattern_ops ",
     "!~ citext citext !~ citext text !~* citext citext !~* citext text !~~ citext citext !~~ citext text !~~* citext "
     "citext !~~* citext text < citext citext <= citext citext <> citext citext = citext citext > citext citext >= "
     "citext citext ~ citext citext ~ citext text ~* citext citext ~* citext text ~<=~ citext citext ~<~ citext "
     "citext ~>=~ citext citext ~>~ citext citext ~~ citext citext ~~ citext text ~~* citext citext ~~* citext text "},
    {"cube", "cube ",
     "cube cube_cmp cube_contained cube_contains cube_coord cube_coord_llur cube_dim cube_distance cube_enlarge "
     "cube_eq cube_ge cube_gt cube_inter cube_is_point cube_le cube_ll_coord cube_lt cube_ne cube_out cube_overlap "
     "cube_send cube_size cube_subset cube_union cube_ur_coord distance_chebyshev distance_taxicab ",
     "", "cube_ops gist_cube_ops ",
     "&& cube cube -> cube int4 < cube cube <#> cube cube <-> cube cube <= cube cube <=> cube cube <> cube cube <@ "
     "cube cube = cube cube > cube cube >= cube cube @ cube cube @> cube cube ~ cube cube ~> cube int4 "},
    {"dblink", "dblink_pkey_results ",
     "dblink dblink_build_sql_delete dblink_build_sql_insert dblink_build_sql_update dblink_cancel_query dblink_close "
     "dblink_connect dblink_connect_u dblink_current_query dblink_disconnect dblink_error_message dblink_exec "
     "dblink_fdw_validator dblink_fetch dblink_get_connections dblink_get_notify dblink_get_pkey dblink_get_result "
     "dblink_is_busy dblink_open dblink_send_query ",
     "", "", ""},
    {"dict_int", "", "", "", "", ""},
    {"earthdistance", "earth ",
     "earth earth_box earth_distance gc_to_sec geo_distance latitude ll_to_earth longitude sec_to_gc ", "", "",
     "<@> point point "},
    {"fuzzystrmatch", "",
     "daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex "
     "text_soundex ",
     "", "", ""},
    {"hstore", "ghstore hstore ",
     "akeys avals defined delete each exist exists_all exists_any fetchval ghstore_out hs_concat hs_contained "
     "hs_contains hstore hstore_cmp hstore_eq hstore_ge hstore_gt hstore_hash hstore_hash_extended hstore_le "
     "hstore_lt hstore_ne hstore_out hstore_send hstore_to_array hstore_to_json hstore_to_json_loose hstore_to_jsonb "
     "hstore_to_jsonb_loose hstore_to_matrix hstore_version_diag isdefined isexists populate_record skeys slice "
     "slice_array svals tconvert ",
     "", "btree_hstore_ops gin_hstore_ops gist_hstore_ops hash_hstore_ops ",
     "#<# hstore hstore #<=# hstore hstore #= anyelement hstore #># hstore hstore #>=# hstore hstore - hstore _text - "
     "hstore hstore - hstore text -> hstore _text -> hstore text <> hstore hstore <@ hstore hstore = hstore hstore ? "
     "hstore text ?& hstore _text ?| hstore _text @ hstore hstore @> hstore hstore || hstore hstore ~ hstore hstore "},
    {"intarray", "intbig_gkey query_int ",
     "_int_contained _int_contains _int_different _int_inter _int_overlap _int_same _int_union _intbig_out boolop "
     "bqarr_out icount idx intarray_del_elem intarray_push_array intarray_push_elem intset intset_subtract "
     "intset_union_elem querytree rboolop sort sort_asc sort_desc subarray uniq ",
     "", "gin__int_ops gist__int_ops gist__intbig_ops ",
     "# _int4 int4 & _int4 _int4 && _int4 _int4 + _int4 _int4 + _int4 int4 - _int4 _int4 - _int4 int4 <@ _int4 _int4 "
     "@ _int4 _int4 @> _int4 _int4 @@ _int4 query_int | _int4 _int4 | _int4 int4 ~ _int4 _int4 ~~ query_int _int4 "},
    {"isn", "ean13 isbn isbn13 ismn ismn13 issn issn13 upc ",
     "btean13cmp btisbn13cmp btisbncmp btismn13cmp btismncmp btissn13cmp btissncmp btupccmp ean13_out hashean13 "
     "hashisbn hashisbn13 hashismn hashismn13 hashissn hashissn13 hashupc is_valid isbn isbn13 ismn ismn13 isn_out "
     "isn_weak isneq isnge isngt isnle isnlt isnne issn issn13 make_valid upc ",
     "", "ean13_ops isbn13_ops isbn_ops ismn13_ops ismn_ops issn13_ops issn_ops upc_ops ",
     "< ean13 ean13 < ean13 isbn < ean13 isbn13 < ean13 ismn < ean13 ismn13 < ean13 issn < ean13 issn13 < ean13 upc < "
     "isbn ean13 < isbn isbn < isbn isbn13 < isbn13 ean13 < isbn13 isbn < isbn13 isbn13 < ismn ean13 < ismn ismn < "
     "ismn ismn13 < ismn13 ean13 < ismn13 ismn < ismn13 ismn13 < issn ean13 < issn issn < issn issn13 < issn13 ean13 "
     "< issn13 issn < issn13 issn13 < upc ean13 < upc upc <= ean13 ean13 <= ean13 isbn <= ean13 isbn13 <= ean13 ismn "
     "<= ean13 ismn13 <= ean13 issn <= ean13 issn13 <= ean13 upc <= isbn ean13 <= isbn isbn <= isbn isbn13 <= isbn13 "
     "ean13 <= isbn13 isbn <= isbn13 isbn13 <= ismn ean13 <= ismn ismn <= ismn ismn13 <= ismn13 ean13 <= ismn13 ismn "
     "<= ismn13 ismn13 <= issn ean13 <= issn issn <= issn issn13 <= issn13 ean13 <= issn13 issn <= issn13 issn13 <= "
     "upc ean13 <= upc upc <> ean13 ean13 <> ean13 isbn <> ean13 isbn13 <> ean13 ismn <> ean13 ismn13 <> ean13 issn "
     "<> ean13 issn13 <> ean13 upc <> isbn ean13 <> isbn isbn <> isbn isbn13 <> isbn13 ean13 <> isbn13 isbn <> isbn13 "
     "isbn13 <> ismn ean13 <> ismn ismn <> ismn ismn13 <> ismn13 ean13 <> ismn13 ismn <> ismn13 ismn13 <> issn ean13 "
     "<> issn issn <> issn issn13 <> issn13 ean13 <> issn13 issn <> issn13 issn13 <> upc ean13 <> upc upc = ean13 "
     "ean13 = ean13 isbn = ean13 isbn13 = ean13 ismn = ean13 ismn13 = ean13 issn = ean13 issn13 = ean13 upc = isbn "
     "ean13 = isbn isbn = isbn isbn13 = isbn13 ean13 = isbn13 isbn = isbn13 isbn13 = ismn ean13 = ismn ismn = ismn "
     "ismn13 = ismn13 ean13 = ismn13 ismn = ismn13 ismn13 = issn ean13 = issn issn = issn issn13 = issn13 ean13 = "
     "issn13 issn = issn13 issn13 = upc ean13 = upc upc > ean13 ean13 > ean13 isbn > ean13 isbn13 > ean13 ismn > "
     "ean13 ismn13 > ean13 issn > ean13 issn13 > ean13 upc > isbn ean13 > isbn isbn > isbn isbn13 > isbn13 ean13 > "
     "isbn13 isbn > isbn13 isbn13 > ismn ean13 > ismn ismn > ismn ismn13 > ismn13 ean13 > ismn13 ismn > ismn13 ismn13 "
     "> issn ean13 > issn issn > issn issn13 > issn13 ean13 > issn13 issn > issn13 issn13 > upc ean13 > upc upc >= "
     "ean13 ean13 >= ean13 isbn >= ean13 isbn13 >= ean13 ismn >= ean13 ismn13 >= ean13 issn >= ean13 issn13 >= ean13 "
     "upc >= isbn ean13 >= isbn isbn >= isbn isbn13 >= isbn13 ean13 >= isbn13 isbn >= isbn13 isbn13 >= ismn ean13 >= "
     "ismn ismn >= ismn ismn13 >= ismn13 ean13 >= ismn13 ismn >= ismn13 ismn13 >= issn ean13 >= issn issn >= issn "
     "issn13 >= issn13 ean13 >= issn13 issn >= issn13 issn13 >= upc ean13 >= upc upc "},
    {"lo", "lo ", "lo_manage lo_oid ", "", "", ""},
    {"ltree", "lquery ltree ltree_gist ltxtquery ",
     "_lt_q_regex _lt_q_rregex _ltq_extract_regex _ltq_regex _ltq_rregex _ltree_extract_isparent "
     "_ltree_extract_risparent _ltree_isparent _ltree_r_isparent _ltree_r_risparent _ltree_risparent _ltxtq_exec "
     "_ltxtq_extract_exec _ltxtq_rexec hash_ltree hash_ltree_extended index lca lquery_out lquery_send lt_q_regex "
     "lt_q_rregex ltq_regex ltq_rregex ltree2text ltree_addltree ltree_addtext ltree_cmp ltree_eq ltree_ge "
     "ltree_gist_out ltree_gt ltree_isparent ltree_le ltree_lt ltree_ne ltree_out ltree_risparent ltree_send "
     "ltree_textadd ltxtq_exec ltxtq_out ltxtq_rexec ltxtq_send nlevel subltree subpath text2ltree ",
     "", "gist__ltree_ops gist_ltree_ops hash_ltree_ops ltree_ops ",
     "< ltree ltree <= ltree ltree <> ltree ltree <@ _ltree ltree <@ ltree _ltree <@ ltree ltree = ltree ltree > "
     "ltree ltree >= ltree ltree ? _lquery _ltree ? _lquery ltree ? _ltree _lquery ? ltree _lquery ?<@ _ltree ltree "
     "?@ _ltree ltxtquery ?@> _ltree ltree ?~ _ltree lquery @ _ltree ltxtquery @ ltree ltxtquery @ ltxtquery _ltree @ "
     "ltxtquery ltree @> _ltree ltree @> ltree _ltree @> ltree ltree ^<@ _ltree ltree ^<@ ltree _ltree ^<@ ltree "
     "ltree ^? _lquery _ltree ^? _lquery ltree ^? _ltree _lquery ^? ltree _lquery ^@ _ltree ltxtquery ^@ ltree "
     "ltxtquery ^@ ltxtquery _ltree ^@ ltxtquery ltree ^@> _ltree ltree ^@> ltree _ltree ^@> ltree ltree ^~ _ltree "
     "lquery ^~ lquery _ltree ^~ lquery ltree ^~ ltree lquery || ltree ltree || ltree text || text ltree ~ _ltree "
     "lquery ~ lquery _ltree ~ lquery ltree ~ ltree lquery "},
    {"moddatetime", "", "moddatetime ", "", "", ""},
    {"pageinspect", "",
     "brin_metapage_info brin_page_items brin_page_type brin_revmap_data bt_metap bt_multi_page_stats bt_page_items "
     "bt_page_stats fsm_page_contents get_raw_page gin_leafpage_items gin_metapage_info gin_page_opaque_info "
     "gist_page_items gist_page_items_bytea gist_page_opaque_info hash_bitmap_info hash_metapage_info hash_page_items "
     "hash_page_stats hash_page_type heap_page_item_attrs heap_page_items heap_tuple_infomask_flags page_checksum "
     "page_header tuple_data_split ",
     "", "", ""},
    {"pg_buffercache", "pg_buffercache pg_buffercache_numa ",
     "pg_buffercache_evict pg_buffercache_evict_all pg_buffercache_evict_relation pg_buffercache_numa_pages "
     "pg_buffercache_pages pg_buffercache_summary pg_buffercache_usage_counts ",
     "pg_buffercache pg_buffercache_numa ", "", ""},
    {"pg_stat_statements", "pg_stat_statements pg_stat_statements_info ",
     "pg_stat_statements pg_stat_statements_info pg_stat_statements_reset ",
     "pg_stat_statements pg_stat_statements_info ", "", ""},
    {"pg_trgm", "gtrgm ",
     "gtrgm_out set_limit show_limit show_trgm similarity similarity_dist similarity_op strict_word_similarity "
     "strict_word_similarity_commutator_op strict_word_similarity_dist_commutator_op strict_word_similarity_dist_op "
     "strict_word_similarity_op word_similarity word_similarity_commutator_op word_similarity_dist_commutator_op "
     "word_similarity_dist_op word_similarity_op ",
     "", "gin_trgm_ops gist_trgm_ops ",
     "% text text %> text text %>> text text <% text text <-> text text <->> text text <->>> text text <<% text text "
     "<<-> text text <<<-> text text "},
    {"pgcrypto", "",
     "armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv fips_mode gen_random_bytes gen_random_uuid "
     "gen_salt hmac pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt "
     "pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea ",
     "", "", ""},
    {"pgrowlocks", "", "pgrowlocks ", "", "", ""},
    {"pgstattuple", "", "pg_relpages pgstatginindex pgstathashindex pgstatindex pgstattuple pgstattuple_approx ", "",
     "", ""},
    {"postgres_fdw", "",
     "postgres_fdw_disconnect postgres_fdw_disconnect_all postgres_fdw_get_connections postgres_fdw_handler "
     "postgres_fdw_validator ",
     "", "", ""},
    {"refint", "", "check_foreign_key check_primary_key ", "", "", ""},
    {"seg", "seg ",
     "seg_center seg_cmp seg_contained seg_contains seg_different seg_ge seg_gt seg_inter seg_le seg_left seg_lower "
     "seg_lt seg_out seg_over_left seg_over_right seg_overlap seg_right seg_same seg_size seg_union seg_upper ",
     "", "gist_seg_ops seg_ops ",
     "&& seg seg &< seg seg &> seg seg < seg seg << seg seg <= seg seg <> seg seg <@ seg seg = seg seg > seg seg >= "
     "seg seg >> seg seg @ seg seg @> seg seg ~ seg seg "},
    {"sslinfo", "",
     "ssl_cipher ssl_client_cert_present ssl_client_dn ssl_client_dn_field ssl_client_serial ssl_extension_info "
     "ssl_is_used ssl_issuer_dn ssl_issuer_field ssl_version ",
     "", "", ""},
    {"tablefunc", "tablefunc_crosstab_2 tablefunc_crosstab_3 tablefunc_crosstab_4 ",
     "connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand ", "", "", ""},
    {"tcn", "", "triggered_change_notification ", "", "", ""},
    {"tsm_system_rows", "", "", "", "", ""},
    {"tsm_system_time", "", "", "", "", ""},
    {"unaccent", "", "unaccent ", "", "", ""},
    {"uuid-ossp", "",
     "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns "
     "uuid_ns_oid uuid_ns_url uuid_ns_x500 ",
     "", "", ""},
    {"xml2", "",
     "xml_encode_special_chars xml_valid xpath_bool xpath_list xpath_nodeset xpath_number xpath_string xpath_table "
     "xslt_process ",
     "", "", ""},
};
const std::size_t extension_count = std::size(extension_names);

}  // namespace quoin::builtin
