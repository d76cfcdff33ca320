create table dock (dock_no integer, depth bigint, name text, primary key (dock_no) include (depth), unique (name) include (depth));
create table ship (imo integer primary key, dock_no integer references dock (dock_no), dock_name text references dock (name));
comment on constraint ship_dock_no_fkey on ship is 'where it lies';
