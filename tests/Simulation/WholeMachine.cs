namespace Platform.Simulation;

/// <summary>Tests that start whole platforms take turns: what they measure in time would else measure each other.</summary>
public static class WholeMachine
{
    public const string Name = "whole machine";
}
