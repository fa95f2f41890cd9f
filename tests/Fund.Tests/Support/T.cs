namespace Kepil.Tests.Support;
public sealed class T { [Xunit.Fact] public void A_test_runs() => Xunit.Assert.True(System.Globalization.CultureInfo.GetCultureInfo("kk-KZ").Name.Length == 5); }
