namespace Platform.Architecture.Tests;

public sealed class RoomTests
{
    // What stands at a floor's root composes its rooms and knows them all.
    [Fact]
    public void Room_uses_only_rooms_before_it() => Assert.Empty(
        (from type in House.Built.Types
         let here = House.PlaceOf(type)
         where here is not null
         from dependency in type.Dependencies
         let there = House.PlaceOf(dependency.Target)
         where there is not null && there.Value.Room > here.Value.Room
         select $"{type.FullName} -> {dependency.Target.FullName}").Distinct(StringComparer.Ordinal));

    [Fact]
    public void Rule_is_held_against_every_floor() => Assert.Equal(
        House.Floors.Length,
        House.Built.Types.Select(House.PlaceOf).OfType<(int Floor, int Room)>().Select(place => place.Floor).Distinct().Count());

    [Fact]
    public void Every_room_is_on_the_plan() => Assert.Empty(
        from type in House.Built.Types
        let path = type.Namespace?.FullName.Split('.')
        where path is ["Platform", var floor, _, ..] && House.Floors.Contains(floor, StringComparer.Ordinal)
        where !House.Rooms.Contains(path[2], StringComparer.Ordinal)
        select type.FullName);
}
