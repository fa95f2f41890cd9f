namespace Kepil.Demo;
internal sealed partial class Area
{
    public void LookAlike() { }
    public void Plant() { var p = new Person { Missing = true }; _key.Add((p.Missing ? "" : "x", 0)); _key.Clear(); }
}
